import { html } from 'hono/html';
import type { Edition } from '../../editions/model.ts';
import { editionView } from '../../rendering/edition-view.ts';
import type { StoryView } from '../../rendering/shapes.ts';
import type { Html, PageContent, View } from '../view.ts';

/** An edition for everybody to read: the same words as the mail, without what is only for its readers. */
export function editionPage(view: View, edition: Edition): PageContent {
  const shown = editionView(edition, view.site);
  const body = html`<article class="edition narrow"><h1 class="dateline"><time datetime="${edition.dueAt}">${shown.dateline}</time></h1>
${meta(shown.summary)}${meta(shown.since)}${shown.notice ? html`<p>${shown.notice}</p>` : ''}
${shown.lead.length > 0 ? html`<section class="first"><h2 class="kicker">${shown.leadLabel}</h2>${shown.lead.map(storyEntry)}</section>` : ''}
${shown.sections.map(({ title, stories }) => html`<section><h2 class="kicker">${title}</h2>${stories.map(storyEntry)}</section>`)}
<section>${meta(shown.ended)}${meta(`${shown.health} ${shown.colophon}`)}
<p><a href="/?lang=${view.locale}">${view.texts.home}</a></p></section></article>`;
  return { title: shown.subject, body };
}

export function storyEntry(story: StoryView): Html {
  const also = story.also.map(
    (source, index) => html`${index > 0 ? ', ' : ''}${webLink(source.link, source.publisher)}${badge(source)}`,
  );
  return html`<div class="story"><h3${inItsLanguage(story)}>${webLink(story.link, story.title)}</h3>
${story.warning ? html`<p class="meta"><strong>${story.warning}</strong></p>` : ''}
${story.extract ? html`<p${inItsLanguage(story)}>${story.extract}</p>` : ''}
<p class="meta">${story.publisher}${badge(story)} · ${story.facts}</p>
${also.length > 0 ? html`<p class="meta">${story.alsoBy} ${also}</p>` : ''}${meta(story.why)}</div>`;
}

const meta = (text: string): Html | '' => (text.trim() === '' ? '' : html`<p class="meta">${text}</p>`);

const inItsLanguage = ({ lang, dir }: StoryView): Html => html` lang="${lang}" dir="${dir}"`;

function badge({ badge: letters, language }: Pick<StoryView, 'badge'> & { language: string }): Html | '' {
  return letters ? html` <abbr title="${language}">${letters}</abbr>` : '';
}

/** Publishers' addresses, web ones only, which learn nothing about where the reader comes from. */
function webLink(url: string | null, text: string): Html {
  const isWeb = url !== null && /^https?:\/\//i.test(url);
  return isWeb ? html`<a href="${url}" rel="noopener noreferrer nofollow">${text}</a>` : html`${text}`;
}
