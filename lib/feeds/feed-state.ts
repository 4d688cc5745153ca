import { DAY } from '../time.ts';
import { FeedError } from './feed-error.ts';
import type { FeedPace } from './feed-pace.ts';
import type { Fetched, Validators } from './fetch.ts';
import { freshSeconds } from './http-dates.ts';
import type { FeedState, ParsedFeed } from './model.ts';
import { isLost, nextCheck, nextTry, wishedMinutes } from './schedule.ts';

/** Where the feed is fetched from. */
export function addressOf({ url, moved }: FeedState, { movedAfterFetches }: FeedPace): string {
  return moved && moved.times >= movedAfterFetches ? moved.url : url;
}

/** What the next request is conditional on. */
export function validatorsFor({ unreadable, ...state }: FeedState, now: Date, { rereadDays }: FeedPace): Validators {
  const isOld = unreadable !== undefined && now.getTime() - Date.parse(unreadable) >= rereadDays * DAY;
  return isOld ? {} : state;
}

/** The state after an answer; one without a document (304) leaves what the last document said. */
export function afterSuccess(
  state: FeedState,
  now: Date,
  pace: FeedPace,
  { fetched, feed }: { readonly fetched: Fetched; readonly feed?: ParsedFeed },
): FeedState {
  const moved = movedState(state, fetched, pace);
  const known = feed ? { ...lastingOf(state), ...saidBy(feed, now, pace) } : keptOf(state);
  return {
    ...known,
    ...validatorsOf(fetched),
    lastFetch: now.toISOString(),
    lastSuccess: now.toISOString(),
    nextFetch: nextCheck(known, now, pace, freshSeconds(fetched.headers, now)),
    failures: 0,
    ...(moved ? { moved, problem: `It has moved to ${moved.url}. Change its address in the feed list.` } : {}),
  };
}

/** What is true of a feed whatever its documents say. */
function lastingOf({ url, root }: FeedState): Pick<FeedState, 'url' | 'root'> {
  return { url, ...(root ? { root } : {}) };
}

function saidBy(feed: ParsedFeed, now: Date, pace: FeedPace): Pick<FeedState, 'title' | 'everyMinutes' | 'skipHours'> {
  const published = feed.items.map(({ published }) => published);
  const ttl = feed.ttlMinutes === undefined ? {} : { ttlMinutes: feed.ttlMinutes };
  return {
    ...(feed.title ? { title: feed.title } : {}),
    everyMinutes: wishedMinutes({ ...ttl, published }, now, pace),
    ...(feed.skipHours ? { skipHours: feed.skipHours } : {}),
  };
}

function keptOf(state: FeedState): FeedState {
  const { problem: _problem, retired: _retired, moved: _moved, ...kept } = state;
  return kept;
}

function validatorsOf({ headers }: Fetched): Validators {
  const { etag, 'last-modified': lastModified } = headers;
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
}

/** A permanent redirect counts while it holds; once believed it is where we fetch from, until that fails. */
function movedState({ moved, url }: FeedState, fetched: Fetched, { movedAfterFetches }: FeedPace): FeedState['moved'] {
  if (moved && moved.times >= movedAfterFetches && fetched.movedTo === undefined) return moved;
  if (fetched.movedTo === undefined || fetched.movedTo === url) return undefined;
  return { url: fetched.movedTo, times: moved?.url === fetched.movedTo ? moved.times + 1 : 1 };
}

/** The state after a failure: when to try again, and whether the feed is retired. */
export function afterFailure(
  state: FeedState,
  now: Date,
  pace: FeedPace,
  { problem, error, fetched }: { readonly problem: string; readonly error: unknown; readonly fetched?: Fetched },
): FeedState {
  const failures = state.failures + 1;
  const { code, retryAfterSeconds } = error instanceof FeedError ? error : {};
  const isGone = code === 'gone';
  const isRetired = isGone || isLost(failures, state.lastSuccess, now, pace);
  const again = isGone ? pace.goneAgainDays : pace.lostAgainDays;
  // Back to the listed address; where it had moved to stays known, for the list may be given that next.
  const moved = state.moved ? { moved: { ...state.moved, times: 0 } } : {};
  return {
    ...state,
    ...refused(state, fetched, now),
    ...moved,
    ...(isRetired ? { retired: problem } : {}),
    lastFetch: now.toISOString(),
    nextFetch: isRetired
      ? new Date(now.getTime() + again * DAY).toISOString()
      : nextTry(state.url, now, failures, pace, retryAfterSeconds),
    failures,
    problem,
  };
}

/** The validators of a document that is no feed, so that it is not sent again and again; those of a good one stay. */
function refused(state: FeedState, fetched: Fetched | undefined, now: Date): Partial<FeedState> {
  const hasGood = (state.etag !== undefined || state.lastModified !== undefined) && state.unreadable === undefined;
  const said = fetched?.bytes && !hasGood ? validatorsOf(fetched) : {};
  return 'etag' in said || 'lastModified' in said ? { ...said, unreadable: now.toISOString() } : {};
}
