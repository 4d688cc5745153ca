import type { Logger } from '../log.ts';
import type { Clock, Progress } from '../types.ts';
import type { FeedPace } from './feed-pace.ts';
import type { FetchOptions } from './fetch.ts';
import { byHost, readHost } from './hosts.ts';
import type { FeedSource, FeedState } from './model.ts';
import { inPool } from './pool.ts';
import type { FeedStore } from './ports.ts';
import type { Reading } from './read-source.ts';

export interface CollectDeps {
  readonly store: FeedStore;
  readonly fetcher: FetchOptions;
  /** Default: DEFAULT_FEED_PACE. */
  readonly pace?: FeedPace;
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress?: Progress;
}

export interface CollectInput {
  readonly sources: readonly FeedSource[];
  /** Read feeds that are not due, and retired ones, too. */
  readonly force?: boolean;
  /** Treat a new feed's old items as news (a manual run on recorded feeds). */
  readonly keepBacklog?: boolean;
}

export interface CollectResult {
  readonly read: number;
  readonly unchanged: number;
  readonly notDue: number;
  readonly failed: readonly { readonly url: string; readonly problem: string }[];
  /** Feeds that could not be read when last asked, now or before: one that fails is asked ever more seldom. */
  readonly failing: number;
  readonly newItems: number;
  readonly changedItems: number;
}

const DEFAULT_CONCURRENCY = 16;

/**
 * Reads every feed that is due and stores its items. Hosts are read side by side, the feeds of one host one after the
 * other with a gap. A feed that fails, hangs or misbehaves costs its own slot only.
 * @throws the error of the store when that fails: it is not the feeds' fault and not counted against them
 */
export async function collect(deps: CollectDeps, input: CollectInput): Promise<CollectResult> {
  let done = 0;
  const report = () => {
    done += 1;
    deps.progress?.('feeds', done, input.sources.length);
  };
  let listed: Promise<readonly FeedState[]> | undefined;
  const all = () => {
    listed ??= deps.store.listStates();
    return listed;
  };
  const readings = await inPool(byHost(input.sources), deps.fetcher.concurrency ?? DEFAULT_CONCURRENCY, (sources) =>
    readHost(deps, sources, input, { report, all }),
  );
  return summarise(readings.flat());
}

function summarise(readings: readonly Reading[]): CollectResult {
  const read = readings.filter((reading) => reading.kind === 'read');
  const failed = readings.filter((reading) => reading.kind === 'failed');
  return {
    read: read.length,
    unchanged: readings.filter(({ kind }) => kind === 'unchanged').length,
    notDue: readings.filter(({ kind }) => kind === 'notDue').length,
    failed: failed.map(({ url, problem }) => ({ url, problem })),
    failing: failed.length + readings.filter((reading) => reading.kind === 'notDue' && reading.failing).length,
    newItems: read.reduce((sum, { newItems }) => sum + newItems, 0),
    changedItems: read.reduce((sum, { changedItems }) => sum + changedItems, 0),
  };
}
