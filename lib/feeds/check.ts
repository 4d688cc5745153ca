import { DispatchesError } from '../errors.ts';
import { DAY } from '../time.ts';
import type { Clock } from '../types.ts';
import { FeedError } from './feed-error.ts';
import { DEFAULT_FEED_PACE } from './feed-pace.ts';
import { type FetchOptions, fetchFeed } from './fetch.ts';
import type { ParsedFeed } from './model.ts';
import { parseFeed, parseFetched } from './parse.ts';
import { wishedMinutes } from './schedule.ts';

/** How one feed is, for the operator. */
export interface FeedReport {
  readonly url: string;
  readonly ok: boolean;
  readonly title: string | null;
  readonly format: ParsedFeed['format'] | null;
  readonly items: number;
  /** When its newest item was published. */
  readonly newest: string | null;
  /** How often it would be read. */
  readonly everyMinutes: number | null;
  /** What is wrong and what to do, most important first; empty when all is well. */
  readonly remarks: readonly string[];
}

const SILENT_DAYS = 30;

/** Fetches and reads a feed as `collect` would, without storing anything. */
export async function checkFeed(url: string, fetcher: FetchOptions, clock: Clock): Promise<FeedReport> {
  try {
    const fetched = await fetchFeed(url, {}, fetcher);
    const moved = fetched.movedTo ? [`It has moved to ${fetched.movedTo}: change its address in the feed list.`] : [];
    const feed = await parseFetched(fetched, fetcher.maxItems);
    return reportOn(url, feed, clock(), moved);
  } catch (error) {
    return failedReport(url, error);
  }
}

/** The report on a document that is here already. */
export async function checkDocument(url: string, bytes: Uint8Array, clock: Clock): Promise<FeedReport> {
  try {
    return reportOn(url, await parseFeed(bytes), clock(), []);
  } catch (error) {
    return failedReport(url, error);
  }
}

function failedReport(url: string, error: unknown): FeedReport {
  if (!(error instanceof DispatchesError)) throw error;
  const code = error instanceof FeedError ? `[${error.code}] ` : '';
  const remarks = [`${code}${error.message} ${error.advice}`];
  return { url, ok: false, title: null, format: null, items: 0, newest: null, everyMinutes: null, remarks };
}

function reportOn(url: string, feed: ParsedFeed, now: Date, before: readonly string[]): FeedReport {
  const published = feed.items.map((item) => item.published);
  const newest =
    published
      .filter((date) => date !== null)
      .toSorted()
      .at(-1) ?? null;
  return {
    url,
    ok: true,
    title: feed.title,
    format: feed.format,
    items: feed.items.length,
    newest,
    everyMinutes: wishedMinutes(
      { published, ...(feed.ttlMinutes ? { ttlMinutes: feed.ttlMinutes } : {}) },
      now,
      DEFAULT_FEED_PACE,
    ),
    remarks: [...before, ...remarksOn(feed, newest, now)],
  };
}

function remarksOn(feed: ParsedFeed, newest: string | null, now: Date): string[] {
  const { items } = feed;
  const undated = items.filter((item) => item.published === null).length;
  const unlinked = items.filter((item) => item.link === null).length;
  const silentDays = newest ? Math.floor((now.getTime() - Date.parse(newest)) / DAY) : 0;
  return [
    ...(items.length === 0 ? ['It holds no items at the moment.'] : []),
    ...(silentDays > SILENT_DAYS ? [`Nothing new for ${silentDays} days: it may have been given up.`] : []),
    ...(undated > 0 ? [`${undated} of ${items.length} items have no date: the time of reading is taken.`] : []),
    ...(unlinked > 0 ? [`${unlinked} of ${items.length} items have no web link.`] : []),
  ];
}
