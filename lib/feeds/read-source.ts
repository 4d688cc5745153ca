import { adviceFor } from '../errors.ts';
import type { CollectDeps, CollectInput } from './collect.ts';
import { FeedError } from './feed-error.ts';
import { addressOf, afterFailure, afterSuccess, validatorsFor } from './feed-state.ts';
import { type Fetched, fetchFeed } from './fetch.ts';
import { ingest } from './ingest.ts';
import type { FeedSource, FeedState, ParsedFeed } from './model.ts';
import { parseFeed } from './parse.ts';
import { isDue } from './schedule.ts';

/** How one feed's turn ended. */
export type Reading =
  | { readonly kind: 'read'; readonly newItems: number; readonly changedItems: number }
  | { readonly kind: 'unchanged' }
  /** `failing`: it could not be read when it last was. */
  | { readonly kind: 'notDue'; readonly failing: boolean }
  | { readonly kind: 'failed'; readonly url: string; readonly problem: string };

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
  if (!input.force && !isDue(state, now)) return { kind: 'notDue', failing: state.failures > 0 };
  const answer = await ask(deps, state);
  return 'error' in answer ? recordFailure(deps, state, answer) : recordSuccess(deps, source, state, input, answer);
}

async function ask(deps: CollectDeps, state: FeedState): Promise<Answer> {
  let fetched: Fetched | undefined;
  try {
    fetched = await fetchFeed(addressOf(state), validatorsFor(state, deps.clock()), {
      ...deps.fetcher,
      clock: deps.clock,
    });
    if (!fetched.bytes && state.unreadable) throw unreadable();
    if (!fetched.bytes) return { fetched };
    const contentType = fetched.headers['content-type'] ?? null;
    return { fetched, feed: await parseFeed(fetched.bytes, { contentType, base: fetched.url }) };
  } catch (error) {
    if (!(error instanceof FeedError)) deps.log.error('feed broke the reader', { feed: state.url, error });
    return { error, ...(fetched ? { fetched } : {}) };
  }
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
  await deps.store.putState(afterSuccess(state, deps.clock(), fetched, feed));
  return counts ? { kind: 'read', ...counts } : { kind: 'unchanged' };
}

async function recordFailure(
  deps: CollectDeps,
  state: FeedState,
  { error, fetched }: Extract<Answer, { error: unknown }>,
): Promise<Reading> {
  const problem = adviceFor(error);
  const next = afterFailure(state, deps.clock(), { problem, error, ...(fetched ? { fetched } : {}) });
  await deps.store.putState(next);
  const { failures, retired } = next;
  deps.log.warn('feed not read', { feed: state.url, problem, failures, retired: retired !== undefined });
  return { kind: 'failed', url: state.url, problem };
}
