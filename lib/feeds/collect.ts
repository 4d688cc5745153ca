import { adviceFor } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Clock, Progress } from '../types.ts';
import { type FetchOptions, fetchFeed } from './fetch.ts';
import { ingest } from './ingest.ts';
import type { FeedSource, FeedState } from './model.ts';
import { parseFeed } from './parse.ts';
import type { FeedStore } from './ports.ts';

export interface CollectDeps {
  readonly store: FeedStore;
  readonly fetcher: FetchOptions;
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress?: Progress;
}

export interface CollectInput {
  readonly sources: readonly FeedSource[];
  /** Read feeds that are not due, too. */
  readonly force?: boolean;
  /** Treat a new feed's old items as news (a manual run on recorded feeds). */
  readonly keepBacklog?: boolean;
}

export interface CollectResult {
  readonly read: number;
  readonly unchanged: number;
  readonly notDue: number;
  readonly failed: readonly { readonly url: string; readonly problem: string }[];
  readonly newItems: number;
  readonly changedItems: number;
}

type Reading =
  | { readonly kind: 'read'; readonly newItems: number; readonly changedItems: number }
  | { readonly kind: 'unchanged' | 'notDue' }
  | { readonly kind: 'failed'; readonly url: string; readonly problem: string };

/** Reads every feed that is due and stores its items. One feed's failure never touches another. */
export async function collect(deps: CollectDeps, input: CollectInput): Promise<CollectResult> {
  let done = 0;
  const readings = await Promise.all(
    input.sources.map(async (source) => {
      const reading = await readSource(deps, source, input);
      done += 1;
      deps.progress?.('feeds', done, input.sources.length);
      return reading;
    }),
  );
  return summarise(readings);
}

function summarise(readings: readonly Reading[]): CollectResult {
  const read = readings.filter((reading) => reading.kind === 'read');
  const failed = readings.filter((reading) => reading.kind === 'failed');
  return {
    read: read.length,
    unchanged: readings.filter((reading) => reading.kind === 'unchanged').length,
    notDue: readings.filter((reading) => reading.kind === 'notDue').length,
    failed: failed.map(({ url, problem }) => ({ url, problem })),
    newItems: read.reduce((sum, reading) => sum + reading.newItems, 0),
    changedItems: read.reduce((sum, reading) => sum + reading.changedItems, 0),
  };
}

async function readSource(deps: CollectDeps, source: FeedSource, input: CollectInput): Promise<Reading> {
  const now = deps.clock().toISOString();
  const state: FeedState = (await deps.store.getState(source.url)) ?? { url: source.url, nextFetch: now, failures: 0 };
  if (!input.force && (state.retired || state.nextFetch > now)) return { kind: 'notDue' };
  try {
    return await fetchAndStore(deps, source, state, input);
  } catch (error) {
    const problem = adviceFor(error);
    deps.log.warn('feed not read', { feed: source.url, error });
    const nextFetch = new Date(deps.clock().getTime() + 15 * 60_000).toISOString();
    await deps.store.putState({ ...state, lastFetch: now, nextFetch, failures: state.failures + 1, problem });
    return { kind: 'failed', url: source.url, problem };
  }
}

async function fetchAndStore(
  deps: CollectDeps,
  source: FeedSource,
  state: FeedState,
  input: CollectInput,
): Promise<Reading> {
  const now = deps.clock().toISOString();
  const nextFetch = new Date(deps.clock().getTime() + 15 * 60_000).toISOString();
  const { problem: _, ...kept } = state;
  const outcome = await fetchFeed(source.url, state, deps.fetcher);
  if (outcome.kind === 'unchanged') {
    await deps.store.putState({ ...kept, lastFetch: now, lastSuccess: now, nextFetch, failures: 0 });
    return { kind: 'unchanged' };
  }
  const feed = await parseFeed(outcome.bytes, { contentType: outcome.contentType, base: outcome.url });
  const counts = await ingest(
    deps,
    source,
    feed,
    input.keepBacklog === undefined ? {} : { keepBacklog: input.keepBacklog },
  );
  const etag = outcome.headers.get('etag');
  const lastModified = outcome.headers.get('last-modified');
  await deps.store.putState({
    url: source.url,
    ...(feed.title ? { title: feed.title } : {}),
    ...(etag ? { etag } : {}),
    ...(lastModified ? { lastModified } : {}),
    lastFetch: now,
    lastSuccess: now,
    nextFetch,
    failures: 0,
  });
  return { kind: 'read', ...counts };
}
