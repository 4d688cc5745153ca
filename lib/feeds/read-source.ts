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

/** One feed's turn: fetch when due, parse, store the items, then remember the state. Never throws for the feed's sake. */
export async function readSource(deps: CollectDeps, source: FeedSource, input: CollectInput): Promise<Reading> {
  const now = deps.clock();
  const state = (await deps.store.getState(source.url)) ?? {
    url: source.url,
    nextFetch: now.toISOString(),
    failures: 0,
  };
  if (!input.force && (state.retired || state.nextFetch > now.toISOString())) return { kind: 'notDue' };
  try {
    return await fetchAndStore(deps, source, state, input);
  } catch (error) {
    if (!(error instanceof FeedError)) deps.log.error('feed broke the reader', { feed: source.url, error });
    return await recordFailure(deps, state, error);
  }
}

async function fetchAndStore(
  deps: CollectDeps,
  source: FeedSource,
  state: FeedState,
  input: CollectInput,
): Promise<Reading> {
  const moved = state.moved && state.moved.times >= MOVED_FOR_GOOD ? state.moved.url : source.url;
  const fetched = await fetchFeed(moved, state, deps.fetcher);
  if (!fetched.bytes) {
    await deps.store.putState(afterSuccess(deps, state, fetched));
    return { kind: 'unchanged' };
  }
  const contentType = fetched.headers['content-type'] ?? null;
  const feed = await parseFeed(fetched.bytes, { contentType, base: fetched.url });
  const options = input.keepBacklog === undefined ? {} : { keepBacklog: input.keepBacklog };
  // Items before validators: a crash in between only means that the same document is read again.
  const counts = await ingest(deps, source, feed, options);
  await deps.store.putState(afterSuccess(deps, state, fetched, feed));
  return { kind: 'read', ...counts };
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
    nextFetch: nextCheck(known, now, freshSeconds(fetched.headers)),
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

async function recordFailure(deps: CollectDeps, state: FeedState, error: unknown): Promise<Reading> {
  const now = deps.clock();
  const failures = state.failures + 1;
  const problem = adviceFor(error);
  const retry = error instanceof FeedError ? error.retryAfterSeconds : undefined;
  const isGone = error instanceof FeedError && error.code === 'gone';
  const retired = isGone || isLost(failures, state.lastSuccess, now) ? { retired: problem } : {};
  const { moved: _moved, ...rest } = state;
  const nextFetch = nextTry(state.url, now, failures, retry);
  await deps.store.putState({ ...rest, ...retired, lastFetch: now.toISOString(), nextFetch, failures, problem });
  deps.log.warn('feed not read', { feed: state.url, problem, failures, retired: 'retired' in retired });
  return { kind: 'failed', url: state.url, problem };
}
