import type { Edition, EditionStory } from '../editions/model.ts';
import { storiesOf } from '../editions/since.ts';
import type { Instant, Locale } from '../types.ts';
import { escapeHtml, safeLink } from './escape.ts';
import { clock } from './format.ts';
import type { Site } from './site.ts';
import { storyView } from './story-view.ts';
import { texts } from './texts.ts';

export interface SyndicationInput {
  /** Newest first. */
  readonly editions: readonly Edition[];
  readonly site: Site;
  readonly locale: Locale;
  /** The feed's own address. */
  readonly self: string;
  /** ISO 3166-1 alpha-2: only stories that happen there. */
  readonly country?: string;
}

interface Entry {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly publisher: string;
  readonly lang: string;
  readonly published: Instant;
  readonly updated: Instant;
}

/** An RSS 2.0 document of the stories of editions; served as `application/rss+xml`. */
export function toRss(input: SyndicationInput): string {
  const { site, self, locale } = input;
  const entries = entriesOf(input).map(
    (entry) => `<item><guid isPermaLink="false">${escapeHtml(entry.id)}</guid><title>${escapeHtml(entry.title)}</title>\
<link>${escapeHtml(entry.url)}</link><description>${escapeHtml(entry.summary)}</description>\
<dc:creator>${escapeHtml(entry.publisher)}</dc:creator><pubDate>${new Date(entry.published).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\
<title>${escapeHtml(site.name)}</title><link>${escapeHtml(site.url)}</link><description>${titleOf(input)}</description>\
<language>${locale}</language><atom:link rel="self" type="application/rss+xml" href="${escapeHtml(self)}"/>
${entries.join('\n')}
</channel></rss>
`;
}

/** An Atom document (RFC 4287) of the stories of editions; served as `application/atom+xml`. */
export function toAtom(input: SyndicationInput): string {
  const { site, self, locale, editions } = input;
  const entries = entriesOf(input).map(
    (entry) => `<entry xml:lang="${escapeHtml(entry.lang)}"><id>${escapeHtml(entry.id)}</id>\
<title>${escapeHtml(entry.title)}</title><link href="${escapeHtml(entry.url)}"/>\
<author><name>${escapeHtml(entry.publisher)}</name></author><summary>${escapeHtml(entry.summary)}</summary>\
<published>${entry.published}</published><updated>${entry.updated}</updated></entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}"><id>${escapeHtml(self)}</id>\
<title>${escapeHtml(site.name)}</title><subtitle>${titleOf(input)}</subtitle><link href="${escapeHtml(site.url)}"/>\
<link rel="self" href="${escapeHtml(self)}"/><updated>${editions[0]?.dueAt ?? new Date(0).toISOString()}</updated>
${entries.join('\n')}
</feed>
`;
}

/** A JSON Feed 1.1 document of the stories of editions; served as `application/feed+json`. */
export function toJsonFeed(input: SyndicationInput): string {
  const { site, self, locale } = input;
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: site.name,
    home_page_url: site.url,
    feed_url: self,
    language: locale,
    items: entriesOf(input).map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title,
      content_text: entry.summary,
      date_published: entry.published,
      date_modified: entry.updated,
      language: entry.lang,
      authors: [{ name: entry.publisher }],
    })),
  });
}

const titleOf = ({ locale }: SyndicationInput): string => escapeHtml(texts(locale).title.daily);

function entriesOf({ editions, site, country }: SyndicationInput): Entry[] {
  const inCountry = (story: EditionStory) => !country || story.places.some((place) => place.country === country);
  return editions.flatMap((edition) =>
    storiesOf(edition)
      .filter(inCountry)
      .map((story) => entryOf(story, edition, site)),
  );
}

/** Publisher's headline and words, with the publisher named; links to the publisher, else to the edition. */
function entryOf(story: EditionStory, edition: Edition, site: Site): Entry {
  const { variant, dueAt, zone } = edition;
  const view = storyView(story, { variant, clock: clock(variant, dueAt, zone) });
  const page = `${site.url}/editions/${edition.id}`;
  const item = story.items[0]?.item;
  return {
    id: `${page}#${story.id}`,
    url: safeLink(view.link ?? '') || page,
    title: view.title,
    summary: [view.warning, view.extract, `${view.publisher} · ${view.facts}`].filter(Boolean).join(' | '),
    publisher: view.publisher,
    lang: view.lang,
    published: item?.published ?? item?.firstSeen ?? dueAt,
    updated: dueAt,
  };
}
