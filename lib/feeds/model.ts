import type { Instant } from '../types.ts';

/** Characters of a summary that are kept. */
export const MAX_SUMMARY = 600;

/** A feed that the operator listed (one outline of `feeds.opml`). */
export interface FeedSource {
  readonly url: string;
  /** Shown to readers as the publisher; the feed's own title when absent. */
  readonly title?: string;
  /** Declared language (BCP 47), a hint only. */
  readonly lang?: string;
  /** Publishers of one house share a family and count as one source. Default: the feed's registrable host. */
  readonly family?: string;
  /** Who controls the publisher, where it matters to the reader. */
  readonly control?: 'state';
}

export interface Enclosure {
  readonly url: string;
  readonly type?: string;
}

/** One entry of a document, as parsed: absolute http(s) URLs, UTC dates, plain-text title, body still as published. */
export interface ParsedItem {
  readonly title: string | null;
  readonly link: string | null;
  readonly id: string | null;
  readonly published: string | null;
  readonly author: string | null;
  readonly summary: string | null;
  readonly content: string | null;
  readonly image: string | null;
  readonly enclosures: readonly Enclosure[];
  /** The body (content, else summary) sanitised by allow-list. */
  readonly html: string;
}

export interface ParsedFeed {
  readonly title: string | null;
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly items: readonly ParsedItem[];
  /** Minutes the publisher asks readers to wait (`ttl`), if stated. */
  readonly ttlMinutes?: number;
  /** UTC hours in which the publisher asks not to be read (`skipHours`). */
  readonly skipHours?: readonly number[];
}

/** An item after normalisation: what every later stage works on. */
export interface Item {
  /** Identity: 32 hex digits from feed URL and guid, else canonical link, else content. */
  readonly key: string;
  readonly feedUrl: string;
  readonly publisher: string;
  readonly family: string;
  readonly control?: 'state';
  /** Plain text, one line, never empty. */
  readonly title: string;
  /** http(s), tracking parameters removed. */
  readonly link: string | null;
  /** Plain text, one line, at most `MAX_SUMMARY` characters; may be empty. */
  readonly summary: string;
  readonly author: string | null;
  readonly image: string | null;
  readonly published: Instant | null;
  readonly firstSeen: Instant;
  /** Language the feed declares; a hint. */
  readonly lang?: string;
  /** SHA-256 (hex) of title, link and summary: changes when the publisher edits the item. */
  readonly hash: string;
  /** When an edit of the publisher was last seen; absent while the item is as it was first seen. */
  readonly changed?: Instant;
  /** Part of the backlog of a newly added feed: never mailed. */
  readonly backlog: boolean;
}

/** What we remember of a feed between fetches. */
export interface FeedState {
  readonly url: string;
  readonly title?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly lastFetch?: Instant;
  readonly lastSuccess?: Instant;
  readonly nextFetch: Instant;
  readonly failures: number;
  /** Since when the document that the validators belong to could not be read as a feed. */
  readonly unreadable?: Instant;
  /** What the last full answer asked for: minutes between fetches, and hours (UTC) to skip. */
  readonly everyMinutes?: number;
  readonly skipHours?: readonly number[];
  /** A sentence for the operator: what is wrong and what to do. */
  readonly problem?: string;
  /** A permanent redirect seen, and how many fetches in a row it held. */
  readonly moved?: { readonly url: string; readonly times: number };
  /** Its address when its items were first stored, where that was another: they are still known by it. */
  readonly root?: string;
  /** Why the feed is retired, if it is: it is hardly asked any more. */
  readonly retired?: string;
}
