import { html } from 'hono/html';
import { FORMATS, type Format } from '../../rendering/syndication.ts';
import { listedTopics, type Topic } from '../../rendering/syndication-topic.ts';
import { say } from '../texts.ts';
import type { Html, View } from '../view.ts';

const formats = Object.keys(FORMATS) as Format[];
const EXAMPLE = 'kharkiv';

/** The address of a feed on this site. */
export function feedPath(view: Pick<View, 'locale'>, format: Format, topic?: string): string {
  return `/feeds/${view.locale}${topic ? `/${topic}` : ''}.${format}`;
}

/** What feed readers look for in the head of a page. */
export function feedLinks(view: View): Html {
  const link = (format: Format) =>
    html`<link rel="alternate" type="${FORMATS[format].type}" title="${view.site.name} (${FORMATS[format].name})" href="${feedPath(view, format)}">`;
  return html`${formats.map(link)}`;
}

/** All feeds of a language, by conflict and country. */
export function feedSection(view: View): Html {
  const { feeds } = view.texts;
  const { conflicts, countries } = listedTopics(view.locale);
  const example = `${view.site.url}${feedPath(view, 'rss', EXAMPLE)}`;
  return html`<section id="feeds" aria-labelledby="feeds-title"><h2 id="feeds-title">${feeds.title}</h2><p>${feeds.intro}</p>
<p>${feeds.all}: ${choices(view)}</p>
<details class="topics"><summary>${feeds.conflicts}</summary>${list(view, conflicts)}</details>
<details class="topics"><summary>${feeds.countries}</summary>${list(view, countries)}
<p class="hint">${say(feeds.towns, { example })}</p></details></section>`;
}

function list(view: View, topics: readonly Topic[]): Html {
  return html`<ul class="feeds">${topics.map((topic) => html`<li>${topic.title} <span>${choices(view, topic)}</span></li>`)}</ul>`;
}

/** Their names alone would be the same for every topic: what is heard says which. */
function choices(view: View, topic?: Topic): Html {
  const one = (format: Format, index: number) => {
    const { name, type } = FORMATS[format];
    const label = topic ? html` aria-label="${topic.title}: ${name}"` : '';
    return html`${index > 0 ? ' · ' : ''}<a href="${feedPath(view, format, topic?.id)}" type="${type}"${label}>${name}</a>`;
  };
  return html`${formats.map(one)}`;
}
