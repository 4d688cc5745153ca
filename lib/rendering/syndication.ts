import type { Edition, EditionStory } from '../editions/model.ts';
import { storiesOf } from '../editions/since.ts';
import { type StoryWords, storiesSaid } from '../editions/words.ts';
import type { Instant, Locale } from '../types.ts';
import { wordsOf } from './edition-view.ts';
import { escapeHtml, safeLink } from './escape.ts';
import type { Site } from './site.ts';
import type { Topic } from './syndication-topic.ts';
import { texts } from './texts.ts';

export interface SyndicationInput {
  /** Newest first. */
  readonly editions: readonly Edition[];
  readonly site: Site;
  readonly locale: Locale;
  /** The feed's own address. */
  readonly self: string;
  /** Only stories about this. */
  readonly topic?: Topic;
}

/** A feed says what is new, it is no archive. */
const MOST = 100;

export const FORMATS = {
  rss: { type: 'application/rss+xml', name: 'RSS', write: toRss },
  atom: { type: 'application/atom+xml', name: 'Atom', write: toAtom },
  json: { type: 'application/feed+json', name: 'JSON Feed', write: toJsonFeed },
} as const;

export type Format = keyof typeof FORMATS;

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

/**
 * An RSS 2.0 document of the stories of editions; served as `application/rss+xml`. Readers show a `description` as HTML (RSS
 * 2.0 specification, "Elements of <item>"), so a publisher's text is escaped for that first, and then for XML.
 */
export function toRss(input: SyndicationInput): string {
  const { self, locale } = input;
  const entries = entriesOf(input).map(
    (entry) => `<item><guid isPermaLink="false">${escapeHtml(entry.id)}</guid><title>${escapeHtml(entry.title)}</title>\
<link>${escapeHtml(entry.url)}</link><description>${escapeHtml(escapeHtml(entry.summary))}</description>\
<dc:creator>${escapeHtml(entry.publisher)}</dc:creator><pubDate>${new Date(entry.published).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\
<title>${escapeHtml(titleOf(input))}</title><link>${escapeHtml(homeOf(input))}</link>\
<description>${escapeHtml(aboutOf(input))}</description><language>${locale}</language>\
<lastBuildDate>${new Date(updatedAt(input)).toUTCString()}</lastBuildDate><atom:link rel="self" type="application/rss+xml" href="${escapeHtml(self)}"/>
${entries.join('\n')}
</channel></rss>
`;
}

/** An Atom document (RFC 4287) of the stories of editions; served as `application/atom+xml`. */
export function toAtom(input: SyndicationInput): string {
  const { self, locale } = input;
  const entries = entriesOf(input).map(
    (entry) => `<entry xml:lang="${escapeHtml(entry.lang)}"><id>${escapeHtml(entry.id)}</id>\
<title>${escapeHtml(entry.title)}</title><link href="${escapeHtml(entry.url)}"/>\
<author><name>${escapeHtml(entry.publisher)}</name></author><summary>${escapeHtml(entry.summary)}</summary>\
<published>${entry.published}</published><updated>${entry.updated}</updated></entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}"><id>${escapeHtml(self)}</id>\
<title>${escapeHtml(titleOf(input))}</title><subtitle>${escapeHtml(aboutOf(input))}</subtitle>\
<link href="${escapeHtml(homeOf(input))}"/><link rel="self" type="application/atom+xml" href="${escapeHtml(self)}"/>\
<updated>${updatedAt(input)}</updated>
${entries.join('\n')}
</feed>
`;
}

/** A JSON Feed 1.1 document of the stories of editions; served as `application/feed+json`. */
export function toJsonFeed(input: SyndicationInput): string {
  const { self, locale } = input;
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: titleOf(input),
    description: aboutOf(input),
    home_page_url: homeOf(input),
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

const titleOf = ({ site, topic }: SyndicationInput): string => (topic ? `${site.name}: ${topic.title}` : site.name);

const aboutOf = ({ locale }: SyndicationInput): string => texts(locale).title.daily;

const homeOf = ({ site, locale }: SyndicationInput): string => `${site.url}/editions?lang=${locale}`;

/** When the newest of the editions was frozen: nothing in the feed changed since. */
export function updatedAt({ editions }: Pick<SyndicationInput, 'editions'>): Instant {
  return editions.reduce((newest, { composedAt }) => (composedAt > newest ? composedAt : newest), NEVER);
}

const NEVER = new Date(0).toISOString();

/** Each story once, as the newest edition tells it: editions of several hours tell the same ones. */
function entriesOf({ editions, site, locale, topic }: SyndicationInput): Entry[] {
  const told = new Map<string, Entry>();
  for (const edition of editions) {
    const said = storiesSaid(edition.words ?? wordsOf(edition));
    for (const [index, story] of storiesOf(edition).entries()) {
      const words = said[index];
      if (words && !told.has(story.id) && (!topic || topic.has(story)))
        told.set(story.id, entryOf(story, words, { edition, site, locale }));
    }
  }
  return [...told.values()].slice(0, MOST);
}

type Told = Pick<SyndicationInput, 'site' | 'locale'> & { readonly edition: Edition };

/** Publisher's headline and words, with the publisher named; links to the publisher, else to the edition. */
function entryOf(story: EditionStory, words: StoryWords, { edition, site, locale }: Told): Entry {
  const { id, dueAt, composedAt } = edition;
  const { title, link, warning, extract, publisher, facts, lang } = words;
  const item = story.items[0]?.item;
  return {
    id: `${site.url}/feeds/${locale}#${story.id}`,
    url: safeLink(link ?? '') || `${site.url}/editions/${id}#${storyAnchor(story)}`,
    title,
    summary: [warning, extract, `${publisher} · ${facts}`].filter(Boolean).join(' | '),
    publisher,
    lang,
    published: item?.published ?? item?.firstSeen ?? dueAt,
    updated: composedAt,
  };
}

/** Where a story stands on its edition's page. */
export function storyAnchor({ id }: EditionStory): string {
  return `story-${id}`;
}
