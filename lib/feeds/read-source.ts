import { adviceFor } from '../errors.ts';
import type { Instant } from '../types.ts';
import type { CollectDeps, CollectInput } from './collect.ts';
import { FeedError } from './feed-error.ts';
import { DEFAULT_FEED_PACE } from './feed-pace.ts';
import { addressOf, afterFailure, afterSuccess, validatorsFor } from './feed-state.ts';
import { type Fetched, fetchFeed } from './fetch.ts';
import { ingest } from './ingest.ts';
import type { FeedSource, FeedState, ParsedFeed } from './model.ts';
import { parseFetched } from './parse.ts';

/** How one feed's turn ended. */
export type Reading =
  | { readonly kind: 'read'; readonly newItems: number; readonly changedItems: number }
  | { readonly kind: 'unchanged' }
  /** `failing`: it could not be read when it last was. */
  | { readonly kind: 'notDue'; readonly failing: boolean }
  /** `busyUntil`: the server asks to be left alone so long. */
  | { readonly kind: 'failed'; readonly url: string; readonly problem: string; readonly busyUntil?: Instant };

/** What came of asking: the document, or that it is as it was; else what went wrong, and with which answer. */
type Answer =
  | { readonly fetched: Fetched; readonly feed?: ParsedFeed }
  | { readonly fetched?: Fetched; readonly error: unknown };

/** A feed and what is known of it. */
export interface Turn {
  readonly source: FeedSource;
  readonly state: FeedState;
}

/**
 * One feed's turn: fetch, parse, store the items, then remember the state. Never throws for the feed's sake.
 * @throws what the store throws
 */
export async function readSource(deps: CollectDeps, { source, state }: Turn, input: CollectInput): Promise<Reading> {
  const answer = await ask(deps, state);
  return 'error' in answer ? recordFailure(deps, state, answer) : recordSuccess(deps, source, state, input, answer);
}

/** How it is with a feed that is not asked. */
export function leftAlone({ failures }: FeedState): Reading {
  return { kind: 'notDue', failing: failures > 0 };
}

/**
 * What is known of a feed. A new address that a feed we know has moved to takes over what is known of it, or its items
 * would be news again.
 * @param all every state there is, read only for a feed without one
 */
export async function stateOf(
  { store, clock }: CollectDeps,
  url: string,
  all: () => Promise<readonly FeedState[]>,
): Promise<FeedState> {
  const known = await store.getState(url);
  if (known) return known;
  const old = (await all()).find(({ moved }) => moved?.url === url);
  if (!old) return { url, nextFetch: clock().toISOString(), failures: 0 };
  const { moved: _moved, problem: _problem, ...kept } = old;
  const heir = { ...kept, url, root: old.root ?? old.url };
  await store.putState(heir);
  return heir;
}

async function ask(deps: CollectDeps, state: FeedState): Promise<Answer> {
  let fetched: Fetched | undefined;
  try {
    const { clock, fetcher, pace = DEFAULT_FEED_PACE } = deps;
    fetched = await fetchFeed(addressOf(state, pace), validatorsFor(state, clock(), pace), { ...fetcher, clock });
    if (!fetched.bytes && state.unreadable) throw unreadable();
    if (!fetched.bytes) return { fetched };
    return { fetched, feed: await parseFetched(fetched, fetcher.maxItems) };
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
  answer: Extract<Answer, { feed?: ParsedFeed }>,
): Promise<Reading> {
  const { clock, pace = DEFAULT_FEED_PACE } = deps;
  // Items before validators: a crash in between only means that the same document is read again.
  const counts = answer.feed && (await ingest(deps, source, answer.feed, { keepBacklog }));
  await deps.store.putState(afterSuccess(state, clock(), pace, answer));
  return counts ? { kind: 'read', ...counts } : { kind: 'unchanged' };
}

async function recordFailure(
  deps: CollectDeps,
  state: FeedState,
  { error, fetched }: Extract<Answer, { error: unknown }>,
): Promise<Reading> {
  const problem = adviceFor(error);
  const next = afterFailure(state, deps.clock(), deps.pace ?? DEFAULT_FEED_PACE, {
    problem,
    error,
    ...(fetched ? { fetched } : {}),
  });
  await deps.store.putState(next);
  const { failures, retired } = next;
  deps.log.warn('feed not read', { feed: state.url, problem, failures, retired: retired !== undefined });
  const isBusy = error instanceof FeedError && error.code === 'busy';
  return { kind: 'failed', url: state.url, problem, ...(isBusy ? { busyUntil: next.nextFetch } : {}) };
}
