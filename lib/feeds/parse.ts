import { decode } from './decode.ts';
import { FeedError } from './feed-error.ts';
import type { Fetched } from './fetch.ts';
import { parseJsonFeed } from './json-feed.ts';
import type { ParsedFeed } from './model.ts';
import { normalise } from './normalise.ts';
import { parseCanonical } from './raw-item.ts';
import { repair } from './repair.ts';
import { webUrl } from './urls.ts';

const DEFAULT_MAX_ITEMS = 2000;

export interface ParseHints {
  /** The HTTP Content-Type header: its charset is a hint, its type is not believed. */
  readonly contentType?: string | null;
  /** Where the document came from; relative addresses resolve against it. */
  readonly base?: string | null;
  /** Items that are read; the rest is left out. Default 2000. */
  readonly maxItems?: number;
}

/**
 * Bytes of an RSS, RDF, Atom or JSON feed to items. Nothing is fetched, no entity expanded; linear in the size.
 * @throws FeedError when there is no feed in the document
 */
export async function parseFeed(bytes: Uint8Array, hints: ParseHints = {}): Promise<ParsedFeed> {
  const { maxItems = DEFAULT_MAX_ITEMS } = hints;
  const { text } = decode(bytes, hints.contentType);
  const base = webUrl(hints.base ?? undefined) ?? undefined;
  const start = /[^\s\ufeff\u0000]/.exec(text);
  if (!start) throw new FeedError('empty', 'The document is empty.', 'Look at the address in a browser.');
  if (start[0] === '{' || start[0] === '[') return parseJsonFeed(text.slice(start.index), base, maxItems);
  const canonical = repair(text, base, maxItems);
  if (!canonical) throw notAFeed(text);
  return normalise(canonical.format, await parseCanonical(canonical), base);
}

/** The document that a fetch brought. @throws FeedError as `parseFeed` */
export function parseFetched({ bytes, headers, url }: Fetched, maxItems?: number): Promise<ParsedFeed> {
  const hints = { contentType: headers['content-type'] ?? null, base: url };
  return parseFeed(bytes ?? new Uint8Array(), maxItems === undefined ? hints : { ...hints, maxItems });
}

function notAFeed(text: string): FeedError {
  const isPage = /<(?:!doctype\s+html|html|head|body)\b/i.test(text.slice(0, 10_000));
  const what = isPage ? 'It is a web page, not a feed.' : 'It is neither RSS, RDF, Atom nor JSON Feed.';
  const advice = isPage ? 'Find its feed with `dispatches feeds add <address>`.' : 'Check the address of the feed.';
  return new FeedError('not-a-feed', what, advice);
}
