import { type Body, published, safe } from './bodies.ts';
import type { CanonicalFeed, RawField } from './canonical.ts';
import { parseDate } from './dates.ts';
import { enclosuresOf, imageOf } from './media.ts';
import type { ParsedFeed, ParsedItem } from './model.ts';
import { authorsOf } from './people.ts';
import { oneLine, plainText } from './plain-text.ts';
import type { RawRecord } from './raw-item.ts';
import { webUrl } from './urls.ts';

const TITLE = ['title', 'atom:title', 'dc:title', 'media:title', 'itunes:title'];
const ID = ['guid', 'atom:id', 'about', 'dc:identifier', 'id'];
/** When an item was published; else when it was changed. */
const DATE = [
  ...['atom:published', 'pubdate', 'dcterms:issued', 'atom:issued', 'dc:date', 'published', 'date', 'dcterms:created'],
  ...['atom:created', 'atom:updated', 'dcterms:modified', 'atom:modified', 'updated'],
];
const SUMMARY = [
  ...['description', 'atom:summary', 'summary', 'dc:description', 'dcterms:abstract', 'media:description'],
  ...['itunes:summary', 'googleplay:description', 'itunes:subtitle'],
];
const CONTENT = [
  'content:encoded',
  'atom:content',
  'xhtml:body',
  'xhtml:div',
  'body',
  'content',
  'encoded',
  'fullitem',
];

/** What all items of a document share. */
interface Context {
  readonly base: string | undefined;
  readonly feedAuthor: string | null;
}

/** Makes a ParsedFeed of what the parser read. */
export function normalise(
  format: CanonicalFeed['format'],
  raw: { readonly feed: RawRecord; readonly items: readonly RawRecord[] },
  documentUrl: string | undefined,
): ParsedFeed {
  const base = documentUrl ?? linkOf(raw.feed, undefined) ?? undefined;
  const context = { base, feedAuthor: authorsOf(raw.feed) };
  const ttl = Number.parseInt(raw.feed.all('ttl')[0]?.text ?? '', 10);
  const hours = raw.feed.all('skiphours')[0]?.attributes.hour?.split(' ').map(Number) ?? [];
  const skipHours = hours.filter((hour) => hour >= 0 && hour <= 24).map((hour) => hour % 24);
  return {
    title: titleOf(raw.feed),
    format,
    items: raw.items.map((item) => normaliseItem(item, context)),
    ...(ttl > 0 ? { ttlMinutes: ttl } : {}),
    ...(skipHours.length > 0 ? { skipHours } : {}),
  };
}

function normaliseItem(item: RawRecord, context: Context): ParsedItem {
  const content = firstBody(item.ranked(CONTENT), context.base);
  const summary = firstBody(item.ranked(SUMMARY), context.base) ?? content;
  const html = safe(content ?? summary);
  return {
    title: titleOf(item),
    link: linkOf(item, context.base),
    id: item.ranked(ID).find(({ text }) => text !== '')?.text ?? null,
    published: dateOf(item),
    author: authorsOf(item) ?? context.feedAuthor,
    get summary() {
      return published(summary);
    },
    get content() {
      return published(content);
    },
    image: imageOf(item, html, context.base),
    enclosures: enclosuresOf(item, context.base),
    html,
  };
}

function firstBody(fields: readonly RawField[], base: string | undefined): Body | null {
  for (const { text, attributes } of fields) {
    const html = text.trim();
    if (html) return { html, base: webUrl(attributes.base, base) ?? base };
  }
  return null;
}

function titleOf(record: RawRecord): string | null {
  for (const { text, attributes } of record.ranked(TITLE)) {
    const title = attributes.as === 'text' ? oneLine(text) : plainText(text);
    if (title) return title;
  }
  return null;
}

function dateOf(item: RawRecord): string | null {
  for (const { text } of item.ranked(DATE)) {
    const date = parseDate(text);
    if (date) return date;
  }
  return null;
}

/** Links that lead through a counter; some of these hosts are gone. */
const PROXY = /^\s*https?:\/\/(?:feedproxy\.google\.com|feeds\d*\.feedburner\.com|[^/]*\.feedsportal\.com)\//i;

/**
 * The page of an item or feed: behind a proxy the original, else what is called link, else the alternate link, else a
 * guid that is a permalink.
 */
function linkOf(record: RawRecord, base: string | undefined): string | null {
  const guids = record.all('guid').filter(({ attributes }) => attributes.ispermalink?.toLowerCase() !== 'false');
  const original = record.all('feedburner:origlink');
  const candidates = [
    ...record.all('link').filter((field) => isAlternate(field) && !(original.length > 0 && PROXY.test(field.text))),
    ...original,
    ...record.all('atom:link').filter(isAlternate).toSorted(htmlFirst),
    ...guids.filter(({ text }) => /^https?:/i.test(text)),
    ...record.ranked(['about', 'atom:id', 'id', 'dc:identifier']).filter(({ text }) => /^https?:/i.test(text)),
  ];
  for (const { text, attributes } of candidates) {
    const own = webUrl(attributes.base, base) ?? base;
    const reference = (attributes.href ?? text).trim();
    const url = reference ? webUrl(reference, own) : (attributes.href === '' && webUrl(attributes.base, base)) || null;
    if (url) return url;
  }
  return null;
}

function isAlternate({ attributes }: RawField): boolean {
  return /^$|^(?:.*\/)?alternate$/i.test(attributes.rel?.trim() ?? '');
}

/** Pages before other representations; the order is kept otherwise. */
function htmlFirst(a: RawField, b: RawField): number {
  const rank = ({ attributes }: RawField) => (/html|^$/.test(attributes.type ?? '') ? 0 : 1);
  return rank(a) - rank(b);
}
