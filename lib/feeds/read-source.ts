import { adviceFor } from '../errors.ts';
import type { CollectDeps, CollectInput } from './collect.ts';
import { FeedError } from './feed-error.ts';
import { type Fetched, fetchFeed } from './fetch.ts';
import { freshSeconds } from './http-dates.ts';
import { ingest } from './ingest.ts';
import type { FeedSource, FeedState, ParsedFeed } from './model.ts';
import { parseFeed } from './parse.ts';
import { isLost, nextCheck, nextTry, wishedMinutes } from './schedule.ts';

/** How one feed's turn ended. */
export type Reading =
  | { readonly kind: 'read'; readonly newItems: number; readonly changedItems: number }
  | { readonly kind: 'unchanged' | 'notDue' }
  | { readonly kind: 'failed'; readonly url: string; readonly problem: string };

/** Fetches in a row after which a permanent redirect is believed. */
const MOVED_FOR_GOOD = 3;

/** A document that could not be read is asked for in full again after a week: it may be our reader that has changed. */
const LOOK_AGAIN_MS = 7 * 86_400_000;

/** What came of asking: the document, or that it is as it was; else what went wrong, and with which answer. */
type Answer =
  | { readonly fetched: Fetched; readonly feed?: ParsedFeed }
  | { readonly fetched?: Fetched; readonly error: unknown };

/**
 * One feed's turn: fetch when due, parse, store the items, then remember the state. Never throws for the feed's sake.
 * @throws what the store throws
 */
export async function readSource(deps: CollectDeps, source: FeedSource, input: CollectInput): Promise<Reading> {
  const now = deps.clock();
  const state = (await deps.store.getState(source.url)) ?? {
    url: source.url,
    nextFetch: now.toISOString(),
    failures: 0,
  };
  if (!input.force && (state.retired || state.nextFetch > now.toISOString())) return { kind: 'notDue' };
  const answer = await ask(deps, state);
  return 'error' in answer ? recordFailure(deps, state, answer) : recordSuccess(deps, source, state, input, answer);
}

async function ask(deps: CollectDeps, state: FeedState): Promise<Answer> {
  let fetched: Fetched | undefined;
  try {
    const { moved } = state;
    const address = moved && moved.times >= MOVED_FOR_GOOD ? moved.url : state.url;
    fetched = await fetchFeed(address, validatorsFor(state, deps.clock()), { ...deps.fetcher, clock: deps.clock });
    if (!fetched.bytes && state.unreadable) throw unreadable();
    if (!fetched.bytes) return { fetched };
    const contentType = fetched.headers['content-type'] ?? null;
    return { fetched, feed: await parseFeed(fetched.bytes, { contentType, base: fetched.url }) };
  } catch (error) {
    if (!(error instanceof FeedError)) deps.log.error('feed broke the reader', { feed: state.url, error });
    return { error, ...(fetched ? { fetched } : {}) };
  }
}

function validatorsFor(state: FeedState, now: Date): Pick<FeedState, 'etag' | 'lastModified'> {
  const isOld = state.unreadable !== undefined && now.getTime() - Date.parse(state.unreadable) >= LOOK_AGAIN_MS;
  return isOld ? {} : state;
}

function unreadable(): FeedError {
  return new FeedError(
    'not-a-feed',
    'It is still what could not be read as a feed before.',
    'Look at it in a browser.',
  );
}

async function recordSuccess(
  deps: CollectDeps,
  source: FeedSource,
  state: FeedState,
  { keepBacklog = false }: CollectInput,
  { fetched, feed }: Extract<Answer, { feed?: ParsedFeed }>,
): Promise<Reading> {
  // Items before validators: a crash in between only means that the same document is read again.
  const counts = feed && (await ingest(deps, source, feed, { keepBacklog }));
  await deps.store.putState(afterSuccess(deps, state, fetched, feed));
  return counts ? { kind: 'read', ...counts } : { kind: 'unchanged' };
}

/** The state after an answer; one without a document (304) leaves what the last document said. */
function afterSuccess(deps: CollectDeps, state: FeedState, fetched: Fetched, feed?: ParsedFeed): FeedState {
  const now = deps.clock();
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

async function recordFailure(
  deps: CollectDeps,
  state: FeedState,
  { error, fetched }: Extract<Answer, { error: unknown }>,
): Promise<Reading> {
  const now = deps.clock();
  const failures = state.failures + 1;
  const problem = adviceFor(error);
  const retry = error instanceof FeedError ? error.retryAfterSeconds : undefined;
  const isGone = error instanceof FeedError && error.code === 'gone';
  const retired = isGone || isLost(failures, state.lastSuccess, now) ? { retired: problem } : {};
  const { moved: _moved, ...rest } = { ...state, ...refused(state, fetched, now), ...retired };
  const nextFetch = nextTry(state.url, now, failures, retry);
  await deps.store.putState({ ...rest, lastFetch: now.toISOString(), nextFetch, failures, problem });
  deps.log.warn('feed not read', { feed: state.url, problem, failures, retired: 'retired' in retired });
  return { kind: 'failed', url: state.url, problem };
}

/** The validators of a document that is no feed, so that it is not sent again and again; those of a good one stay. */
function refused(state: FeedState, fetched: Fetched | undefined, now: Date): Partial<FeedState> {
  const hasGood = (state.etag !== undefined || state.lastModified !== undefined) && state.unreadable === undefined;
  const said = fetched?.bytes && !hasGood ? validatorsOf(fetched) : {};
  return 'etag' in said || 'lastModified' in said ? { ...said, unreadable: now.toISOString() } : {};
}
