import { html } from 'hono/html';
import type { EditionSummary } from '../../editions/ports.ts';
import { languageName } from '../../rendering/format.ts';
import type { Locale } from '../../types.ts';
import { variantOf } from '../routes/home.ts';
import { say, WEB_TEXTS } from '../texts.ts';
import { type Html, longDay, type PageContent, type View } from '../view.ts';
import { feedSection } from './edition-feeds.ts';

export interface Archive {
  readonly editions: readonly EditionSummary[];
  /** Of which language; absent: of all. */
  readonly of?: Locale;
  /** The place in the list at which the older ones begin. */
  readonly older?: string;
  /** This is not its first page. */
  readonly deep: boolean;
}

/** The archive, newest first, of one language or of all. */
export function editionsPage(view: View, archive: Archive): PageContent {
  const { editions, of, older, deep } = archive;
  const { editions: words } = view.texts;
  const turn = (text: string, rel: string, after?: string) =>
    html`<a href="${address(view, of, after)}" rel="${rel}">${text}</a>`;
  const body = html`<div class="narrow"><h1>${words.title}</h1>
${filter(view, of)}
${editions.length > 0 ? html`<ol class="list">${editions.map((edition) => entry(view, edition, of === undefined))}</ol>` : html`<p>${words.empty}</p>`}
<p class="turn">${deep ? turn(words.newest, 'first') : ''}${older ? turn(words.older, 'next', older) : ''}</p>
${feedSection(view)}</div>`;
  return { title: words.title, body };
}

function address({ locale }: View, of: Locale | undefined, after?: string): string {
  return `/editions?${new URLSearchParams({ lang: locale, of: of ?? 'all', ...(after && { after }) })}`;
}

function filter(view: View, of: Locale | undefined): Html {
  const { filter: label, all } = view.texts.editions;
  const choice = (one: Locale | undefined) =>
    html`<li><a href="${address(view, one)}"${one === of ? html` aria-current="true"` : ''}${one ? html` lang="${one}"` : ''}>${one ? WEB_TEXTS[one].languageName : all}</a></li>`;
  return html`<nav aria-label="${label}"><ul class="filter">${[undefined, ...view.locales].map(choice)}</ul></nav>`;
}

/** @param mixed others in the list are in other languages */
function entry(view: View, edition: EditionSummary, mixed: boolean): Html {
  const { id, subject, dueAt, stories } = edition;
  const own = variantOf(edition) ?? view.locale;
  const tongue = mixed ? `${languageName(view.locale, own)} · ` : '';
  return html`<li><h2 lang="${own}"><a href="/editions/${id}" hreflang="${own}">${subject}</a></h2>
<p class="meta"><time datetime="${dueAt}">${longDay(dueAt, view.locale)}</time> · ${tongue}${say(view.texts.editions.stories, { count: stories })}</p></li>`;
}
