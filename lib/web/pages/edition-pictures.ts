import { html } from 'hono/html';
import type { Edition } from '../../editions/model.ts';
import { zoneName } from '../../rendering/format.ts';
import { drawMap, type MapPlace, placesIn } from '../../rendering/map.ts';
import { storyAnchor } from '../../rendering/syndication.ts';
import { slugOf, topicOf } from '../../rendering/syndication-topic.ts';
import { type Coverage, coverageOf, drawTimeline, highest } from '../../rendering/timeline.ts';
import { say } from '../texts.ts';
import type { Html, View } from '../view.ts';
import { feedPath } from './edition-feeds.ts';
import { mapSvg, timelineSvg } from './edition-svg.ts';

/** Fewer reports than these are no picture. */
const FEWEST = 4;
const COUNTRY = 3;

/** A map of the places named, and the same as a list; nothing when no story says where. */
export function whereSection(view: View, edition: Edition): Html | '' {
  const { where } = view.texts;
  const places = placesIn(edition);
  if (places.length === 0) return '';
  return html`<section aria-labelledby="where"><h2 class="kicker" id="where">${where.title}</h2>
${mapSvg(drawMap(places, view.locale), where.map)}
<ul class="places">${places.map((place) => placeEntry(view, place))}</ul>
<p class="hint">${where.credit}</p></section>`;
}

function placeEntry(view: View, { place, name, stories }: MapPlace): Html {
  const { texts, locale } = view;
  const [first] = stories;
  const topic = topicOf(place.precision === COUNTRY ? place.country.toLowerCase() : slugOf(place.name), locale);
  const feed = topic ? html` · <a href="${feedPath(view, 'rss', topic.id)}" aria-label="RSS: ${name}">RSS</a>` : '';
  return html`<li><a href="#${first ? storyAnchor(first) : ''}">${name}</a> <span>${say(texts.editions.stories, { count: stories.length })}${feed}</span></li>`;
}

/** How much was reported when, as bars and as a table; nothing for a handful of reports. */
export function whenSection(view: View, edition: Edition): Html | '' {
  const { when } = view.texts;
  const coverage = coverageOf(edition);
  const count = coverage.bars.reduce((sum, bar) => sum + bar.count, 0);
  const top = highest(coverage);
  if (count < FEWEST || !top) return '';
  const zone = zoneName(view.locale, edition.dueAt, edition.zone);
  const caption = coverage.unit === 'day' ? when.days : say(when.hours, { zone });
  const label = say(when.chart, { count, most: top.count, when: top.label });
  return html`<section aria-labelledby="when"><h2 class="kicker" id="when">${when.title}</h2>
<p class="meta">${caption}</p>${timelineSvg(drawTimeline(coverage), label)}
<details class="topics"><summary>${when.table}</summary>${table(view, coverage, caption)}</details></section>`;
}

function table({ texts: { when } }: View, { bars, earlier }: Coverage, caption: string): Html {
  const row = (label: string, count: number) => html`<tr><th scope="row">${label}</th><td>${count}</td></tr>`;
  return html`<table class="volumes"><caption>${caption}</caption>
<thead><tr><th scope="col">${when.time}</th><th scope="col">${when.reports}</th></tr></thead>
<tbody>${bars.filter((bar) => bar.count > 0).map((bar) => row(bar.label, bar.count))}</tbody></table>
${earlier > 0 ? html`<p class="hint">${say(when.earlier, { count: earlier })}</p>` : ''}`;
}
