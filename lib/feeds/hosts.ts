import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '../types.ts';
import { classOf, literalAddress } from './addresses.ts';
import type { CollectDeps, CollectInput } from './collect.ts';
import type { FetchOptions } from './fetch.ts';
import type { FeedSource, FeedState } from './model.ts';
import type { FeedStore } from './ports.ts';
import { leftAlone, type Reading, readSource, stateOf, type Turn } from './read-source.ts';
import { isDue } from './schedule.ts';

const DEFAULT_HOST_GAP_MS = 1000;

/** What the hosts of one run share. */
export interface Run {
  /** Called when a feed has had its turn. */
  readonly report: () => void;
  /** Every state there is; read once a run. */
  readonly all: () => Promise<readonly FeedState[]>;
}

/** Feeds by the host that serves them, each in the order of the list. */
export function byHost(sources: readonly FeedSource[]): readonly (readonly FeedSource[])[] {
  return [...Map.groupBy(sources, ({ url }) => URL.parse(url)?.hostname ?? url).values()];
}

/**
 * One host's feeds, one after the other with a gap, that read longest ago first. Once the host asks to be left alone
 * (429, 503) all of them do, in later runs too.
 */
export async function readHost(
  deps: CollectDeps,
  sources: readonly FeedSource[],
  input: CollectInput,
  { report, all }: Run,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  let wasAsked = false;
  let isBusy = false;
  for (const turn of await turnsOf(deps, sources, all)) {
    const isAsked = !isBusy && (input.force || isDue(turn.state, deps.clock()));
    if (isAsked && wasAsked) await pause(gapFor(turn.source, deps.fetcher));
    wasAsked ||= isAsked;
    const reading = isAsked ? await readSource(deps, turn, input) : leftAlone(turn.state);
    if (reading.kind === 'failed' && reading.busyUntil) {
      isBusy = true;
      await postpone(deps.store, sources, reading.busyUntil);
    }
    readings.push(reading);
    report();
  }
  return readings;
}

async function turnsOf(deps: CollectDeps, sources: readonly FeedSource[], all: Run['all']): Promise<readonly Turn[]> {
  const turns: Turn[] = [];
  for (const source of sources) turns.push({ source, state: await stateOf(deps, source.url, all) });
  return turns.toSorted((a, b) => (a.state.lastFetch ?? '').localeCompare(b.state.lastFetch ?? ''));
}

async function postpone(store: FeedStore, sources: readonly FeedSource[], until: Instant): Promise<void> {
  for (const { url } of sources) {
    const state = (await store.getState(url)) ?? { url, nextFetch: until, failures: 0 };
    if (state.nextFetch <= until) await store.putState({ ...state, nextFetch: until });
  }
}

/** This machine needs no courtesy. */
function gapFor(source: FeedSource, { hostGapMs, allowLoopback }: FetchOptions): number {
  const url = URL.parse(source.url);
  const literal = url ? literalAddress(url) : undefined;
  const here = url?.hostname === 'localhost' || (literal !== undefined && classOf(literal) === 'loopback');
  return hostGapMs ?? (allowLoopback && here ? 0 : DEFAULT_HOST_GAP_MS);
}
