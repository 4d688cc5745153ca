import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import type { Clock, Progress } from '../types.ts';
import { classOf, literalAddress } from './addresses.ts';
import type { FetchOptions } from './fetch.ts';
import type { FeedSource } from './model.ts';
import { inPool } from './pool.ts';
import type { FeedStore } from './ports.ts';
import { type Reading, readSource } from './read-source.ts';

export interface CollectDeps {
  readonly store: FeedStore;
  readonly fetcher: FetchOptions;
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
  /** Feeds that could not be read when they last were asked, now or before: one that fails is asked ever more seldom. */
  readonly failing: number;
  readonly newItems: number;
  readonly changedItems: number;
}

const DEFAULT_CONCURRENCY = 16;
const DEFAULT_HOST_GAP_MS = 1000;

/**
 * Reads every feed that is due and stores its items. Hosts are read side by side, the feeds of one host one after the
 * other with a gap. A feed that fails, hangs or misbehaves costs its own slot only.
 * @throws the error of the store when that fails: it is not the feeds' fault and not counted against them
 */
export async function collect(deps: CollectDeps, input: CollectInput): Promise<CollectResult> {
  let done = 0;
  const report = (reading: Reading) => {
    done += 1;
    deps.progress?.('feeds', done, input.sources.length);
    return reading;
  };
  const hosts = [...Map.groupBy(input.sources, ({ url }) => URL.parse(url)?.hostname ?? url).values()];
  const readings = await inPool(hosts, deps.fetcher.concurrency ?? DEFAULT_CONCURRENCY, (sources) =>
    readHost(deps, sources, input, report),
  );
  return summarise(readings.flat());
}

async function readHost(
  deps: CollectDeps,
  sources: readonly FeedSource[],
  input: CollectInput,
  report: (reading: Reading) => Reading,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const source of sources) {
    const asked = readings.some(({ kind }) => kind !== 'notDue');
    if (asked) await pause(gapFor(source, deps.fetcher));
    readings.push(report(await readSource(deps, source, input)));
  }
  return readings;
}

/** This machine needs no courtesy. */
function gapFor(source: FeedSource, { hostGapMs, allowLoopback }: FetchOptions): number {
  const url = URL.parse(source.url);
  const literal = url ? literalAddress(url) : undefined;
  const here = url?.hostname === 'localhost' || (literal !== undefined && classOf(literal) === 'loopback');
  return hostGapMs ?? (allowLoopback && here ? 0 : DEFAULT_HOST_GAP_MS);
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
