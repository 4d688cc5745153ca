import { html } from 'hono/html';
import type { EditionSummary } from '../../editions/ports.ts';
import { say } from '../texts.ts';
import { type Html, longDay, type PageContent, type View } from '../view.ts';

/** The archive, newest first. */
export function editionsPage(view: View, editions: readonly EditionSummary[], older?: string): PageContent {
  const { editions: words } = view.texts;
  const next = older
    ? html`<p><a href="/editions?lang=${view.locale}&amp;after=${encodeURIComponent(older)}" rel="next">${words.older}</a></p>`
    : '';
  const body = html`<div class="narrow"><h1>${words.title}</h1>
${editions.length > 0 ? html`<ol class="list">${editions.map((edition) => entry(view, edition))}</ol>` : html`<p>${words.empty}</p>`}${next}</div>`;
  return { title: words.title, body };
}

function entry(view: View, edition: EditionSummary): Html {
  return html`<li><h2><a href="/editions/${edition.id}">${edition.subject}</a></h2>
<p class="meta"><time datetime="${edition.dueAt}">${longDay(edition.dueAt, view.locale)}</time> · ${say(view.texts.editions.stories, { count: edition.stories })}</p></li>`;
}
