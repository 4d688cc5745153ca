import { type Body, published, safe } from './bodies.ts';
import { parseDate } from './dates.ts';
import { dropForbidden, escapeMarkup } from './entities.ts';
import { FeedError } from './feed-error.ts';
import type { Enclosure, ParsedFeed, ParsedItem } from './model.ts';
import { readPerson } from './people.ts';
import { oneLine } from './plain-text.ts';
import { webUrl } from './urls.ts';

type Json = Readonly<Record<string, unknown>>;

/** Reads a JSON Feed (versions 1.0 and 1.1, jsonfeed.org). @throws FeedError when the text is none. */
export function parseJsonFeed(text: string, documentUrl: string | undefined, maxItems: number): ParsedFeed {
  const feed = readObject(text);
  const looksLikeFeed = Array.isArray(feed.items) || string(feed.version).includes('jsonfeed.org');
  if (!looksLikeFeed) throw notAFeed('It is JSON, but no JSON Feed: it has neither `items` nor a `version`.');
  const base = documentUrl ?? webUrl(string(feed.home_page_url)) ?? webUrl(string(feed.feed_url)) ?? undefined;
  const context = { base, feedAuthor: authorsOf(feed) };
  const items = (Array.isArray(feed.items) ? feed.items : []).filter(isObject).slice(0, maxItems);
  return {
    title: oneLine(string(feed.title)) || null,
    format: 'json',
    items: items.map((item) => readItem(item, context)),
  };
}

function notAFeed(why: string, cause?: unknown): FeedError {
  return new FeedError('json', why, 'Check the address of the feed.', { cause });
}

function readObject(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (cause) {
    throw notAFeed('It begins like JSON, but is not valid JSON.', cause);
  }
  throw notAFeed('It is JSON, but no object.');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a value that may be a string or a number; no other value has one. */
function string(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? dropForbidden(value) : '';
}

function readItem(
  item: Json,
  context: { readonly base: string | undefined; readonly feedAuthor: string | null },
): ParsedItem {
  const { base } = context;
  const contentText = string(item.content_text);
  const html =
    string(item.content_html) || (contentText ? `<p>${escapeMarkup(contentText).replaceAll('\n', '<br>')}</p>` : '');
  const content: Body | null = html ? { html, base } : null;
  const summary = string(item.summary) ? { html: escapeMarkup(string(item.summary)), base } : content;
  return {
    title: oneLine(string(item.title)) || null,
    link: webUrl(string(item.url), base) ?? webUrl(string(item.external_url), base) ?? permalink(item),
    id: string(item.id) || null,
    published: parseDate(string(item.date_published)) ?? parseDate(string(item.date_modified)),
    author: authorsOf(item) ?? context.feedAuthor,
    get summary() {
      return published(summary);
    },
    get content() {
      return published(content);
    },
    image: webUrl(string(item.image), base) ?? webUrl(string(item.banner_image), base),
    enclosures: attachments(item, base),
    html: safe(content ?? summary),
  };
}

function permalink(item: Json): string | null {
  return /^https?:/i.test(string(item.id)) ? webUrl(string(item.id)) : null;
}

function authorsOf(of: Json): string | null {
  const list = Array.isArray(of.authors) ? of.authors : [of.author];
  const names = list.map((author) => (isObject(author) ? string(author.name) : string(author))).map(readPerson);
  return [...new Set(names.filter(Boolean))].join(', ') || null;
}

function attachments(item: Json, base: string | undefined): readonly Enclosure[] {
  const list = (Array.isArray(item.attachments) ? item.attachments : []).filter(isObject);
  return list.flatMap((attachment) => {
    const url = webUrl(string(attachment.url), base);
    const type = string(attachment.mime_type);
    return url ? [{ url, ...(type ? { type } : {}) }] : [];
  });
}
