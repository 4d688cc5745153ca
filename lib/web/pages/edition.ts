import { html } from 'hono/html';
import type { Edition } from '../../editions/model.ts';
import { storiesOf } from '../../editions/since.ts';
import { editionView } from '../../rendering/edition-view.ts';
import type { DigestView, StoryView } from '../../rendering/shapes.ts';
import { storyAnchor } from '../../rendering/syndication.ts';
import type { Html, PageContent, View } from '../view.ts';
import { whenSection, whereSection } from './edition-pictures.ts';

/** An edition for everybody to read: the same words as the mail, without what is only for its readers. */
export function editionPage(view: View, edition: Edition): PageContent {
  const shown = editionView(edition, view.site);
  const ids = storiesOf(edition).map(storyAnchor);
  const stories = (entries: readonly StoryView[]) => entries.map((story) => storyEntry(story, ids.shift()));
  const body = html`<article class="edition narrow"><h1 class="dateline"><time datetime="${edition.dueAt}">${shown.dateline}</time></h1>
${meta(shown.summary)}${meta(shown.since)}${shown.notice ? html`<p>${shown.notice}</p>` : ''}
${shown.lead.length > 0 ? html`<section class="first"><h2 class="kicker">${shown.leadLabel}</h2>${stories(shown.lead)}</section>` : ''}
${shown.sections.map((section) => html`<section><h2 class="kicker">${section.title}</h2>${stories(section.stories)}</section>`)}
${whereSection(view, edition)}${whenSection(view, edition)}
<section class="colophon">${meta(shown.ended)}${meta(`${shown.health} ${shown.colophon}`)}
<p class="onward"><a href="/?lang=${view.locale}">${view.texts.home}</a> <a href="/editions?lang=${view.locale}">${view.texts.archive}</a></p></section></article>`;
  return { title: shown.subject, body, head: editionHead(view, edition, shown) };
}

/** Open Graph (ogp.me), so that a link to the page shows what it is; and the one address of the page. */
function editionHead({ site, locale }: View, edition: Edition, { subject, preheader, pageUrl }: DigestView): Html {
  const property = (name: string, content: string) => html`<meta property="${name}" content="${content}">
`;
  const { language, region } = new Intl.Locale(locale).maximize();
  return html`<link rel="canonical" href="${pageUrl ?? ''}">
<meta name="description" content="${preheader}">
${property('og:type', 'article')}${property('og:site_name', site.name)}${property('og:title', subject)}${property('og:description', preheader)}${property('og:url', pageUrl ?? '')}${property('og:locale', `${language}_${region}`)}${property('article:published_time', edition.dueAt)}`;
}

/** @param anchor its place on the page, when something leads there */
export function storyEntry(story: StoryView, anchor?: string): Html {
  const also = story.also.map(
    (source, index) => html`${index > 0 ? ', ' : ''}${webLink(source.link, source.publisher)}${badge(source)}`,
  );
  return html`<div class="story"${anchor ? html` id="${anchor}"` : ''}><h3${inItsLanguage(story)}>${webLink(story.link, story.title)}</h3>
${story.warning ? html`<p class="meta"><strong>${story.warning}</strong></p>` : ''}
${story.extract ? html`<p${inItsLanguage(story)}>${story.extract}</p>` : ''}
<p class="meta">${story.publisher}${badge(story)} · ${story.facts}</p>
${also.length > 0 ? html`<p class="meta">${story.alsoBy} ${also}</p>` : ''}${meta(story.why)}</div>`;
}

const meta = (text: string): Html | '' => (text.trim() === '' ? '' : html`<p class="meta">${text}</p>`);

const inItsLanguage = ({ lang, dir }: StoryView): Html => html` lang="${lang}" dir="${dir}"`;

function badge({ language }: Pick<StoryView, 'language'>): Html | '' {
  return language ? html` <span class="tag">${language}</span>` : '';
}

/** Publishers' addresses, web ones only, which learn nothing about where the reader comes from. */
function webLink(url: string | null, text: string): Html {
  const isWeb = url !== null && /^https?:\/\//i.test(url);
  return isWeb ? html`<a href="${url}" rel="noopener noreferrer nofollow">${text}</a>` : html`${text}`;
}
