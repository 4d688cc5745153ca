import { FeedError } from './feed-error.ts';
import type { Fetched } from './fetch.ts';
import { freshSeconds } from './http-dates.ts';
import type { FeedState, ParsedFeed } from './model.ts';
import { isLost, nextCheck, nextTry, wishedMinutes } from './schedule.ts';

/** Fetches in a row after which a permanent redirect is believed. */
const MOVED_FOR_GOOD = 3;

/** A document that could not be read is asked for in full again after a week: it may be our reader that has changed. */
const LOOK_AGAIN_MS = 7 * 86_400_000;

/** Where the feed is fetched from. */
export function addressOf({ url, moved }: FeedState): string {
  return moved && moved.times >= MOVED_FOR_GOOD ? moved.url : url;
}

/** What the next request is conditional on. */
export function validatorsFor(state: FeedState, now: Date): Pick<FeedState, 'etag' | 'lastModified'> {
  const isOld = state.unreadable !== undefined && now.getTime() - Date.parse(state.unreadable) >= LOOK_AGAIN_MS;
  return isOld ? {} : state;
}

/** The state after an answer; one without a document (304) leaves what the last document said. */
export function afterSuccess(state: FeedState, now: Date, fetched: Fetched, feed?: ParsedFeed): FeedState {
  const moved = movedState(state, fetched);
  const known = feed ? { url: state.url, ...saidBy(feed, now) } : keptOf(state);
  return {
    ...known,
    ...validatorsOf(fetched),
    lastFetch: now.toISOString(),
    lastSuccess: now.toISOString(),
    nextFetch: nextCheck(known, now, freshSeconds(fetched.headers, now)),
    failures: 0,
    ...(moved ? { moved, problem: `It has moved to ${moved.url}. Change its address in the feed list.` } : {}),
  };
}

function saidBy(feed: ParsedFeed, now: Date): Pick<FeedState, 'title' | 'everyMinutes' | 'skipHours'> {
  const published = feed.items.map(({ published }) => published);
  const ttl = feed.ttlMinutes === undefined ? {} : { ttlMinutes: feed.ttlMinutes };
  return {
    ...(feed.title ? { title: feed.title } : {}),
    everyMinutes: wishedMinutes({ ...ttl, published }, now),
    ...(feed.skipHours ? { skipHours: feed.skipHours } : {}),
  };
}

function keptOf(state: FeedState): FeedState {
  const { problem: _problem, retired: _retired, moved: _moved, ...kept } = state;
  return kept;
}

/** Byte for byte as the server sent them. */
function validatorsOf({ headers }: Fetched): Pick<FeedState, 'etag' | 'lastModified'> {
  const { etag, 'last-modified': lastModified } = headers;
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
}

/** A permanent redirect counts while it holds; once believed it is where we fetch from, until that fails. */
function movedState({ moved, url }: FeedState, fetched: Fetched): FeedState['moved'] {
  if (moved && moved.times >= MOVED_FOR_GOOD && fetched.movedTo === undefined) return moved;
  if (fetched.movedTo === undefined || fetched.movedTo === url) return undefined;
  return { url: fetched.movedTo, times: moved?.url === fetched.movedTo ? moved.times + 1 : 1 };
}

/** The state after a failure: when to try again, or why not. */
export function afterFailure(
  state: FeedState,
  now: Date,
  { problem, error, fetched }: { readonly problem: string; readonly error: unknown; readonly fetched?: Fetched },
): FeedState {
  const failures = state.failures + 1;
  const retry = error instanceof FeedError ? error.retryAfterSeconds : undefined;
  const isGone = error instanceof FeedError && error.code === 'gone';
  const retired = isGone || isLost(failures, state.lastSuccess, now) ? { retired: problem } : {};
  const { moved: _moved, ...rest } = { ...state, ...refused(state, fetched, now), ...retired };
  const nextFetch = nextTry(state.url, now, failures, retry);
  return { ...rest, lastFetch: now.toISOString(), nextFetch, failures, problem };
}

/** The validators of a document that is no feed, so that it is not sent again and again; those of a good one stay. */
function refused(state: FeedState, fetched: Fetched | undefined, now: Date): Partial<FeedState> {
  const hasGood = (state.etag !== undefined || state.lastModified !== undefined) && state.unreadable === undefined;
  const said = fetched?.bytes && !hasGood ? validatorsOf(fetched) : {};
  return 'etag' in said || 'lastModified' in said ? { ...said, unreadable: now.toISOString() } : {};
}
