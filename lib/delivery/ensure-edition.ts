import { composeEdition } from '../editions/compose.ts';
import { editionId } from '../editions/key.ts';
import type { Edition, EditionKey, FeedHealth } from '../editions/model.ts';
import type { EditionRecord, EditionStore } from '../editions/ports.ts';
import type { FeedSource, FeedState, Item } from '../feeds/model.ts';
import type { FeedStore } from '../feeds/ports.ts';
import { renderEdition } from '../rendering/edition.ts';
import type { Site } from '../rendering/site.ts';
import type { Decision } from '../selection/model.ts';
import type { Clock, Instant } from '../types.ts';
import { pages } from './enqueue.ts';

export interface ComposeDeps {
  readonly feeds: Pick<FeedStore, 'listStates' | 'itemsSince'>;
  readonly editions: EditionStore;
  readonly sources: readonly FeedSource[];
  readonly selector: { readonly profile: string; decide(item: Item): Decision };
  readonly site: Site;
  readonly config: {
    readonly publication: { readonly id: string };
    readonly edition: { readonly maxStories: number; readonly lookbackHours: number; readonly sendWithinHours: number };
  };
  readonly versions: { readonly config: string; readonly code: string };
  readonly clock: Clock;
}

export interface Ensured {
  readonly record: EditionRecord;
  /** Composed by this call; else it was there already. */
  readonly fresh: boolean;
}

const HOUR = 3_600_000;
const HALF_DAY = 12 * HOUR;
/** Hours from one edition to the next. */
const PERIOD = { breaking: 1, daily: 24, weekly: 7 * 24 } as const;
/** Editions before this one whose stories are not told again. */
const PREVIOUS = 3;
/** An edition sent late on purpose (by hand, or to catch up) has at least this long to leave. */
const GRACE_HOURS = 2;

/** The stored edition of this key; composed, rendered and frozen first when there is none. The first writer counts. */
export async function ensureEdition(deps: ComposeDeps, key: EditionKey, zone: string): Promise<Ensured> {
  const id = editionId(key);
  const stored = await deps.editions.get(id);
  if (stored) return { record: stored, fresh: false };

  const edition = await compose(deps, key, zone);
  const message = renderEdition(edition, deps.site);
  if (await deps.editions.create(edition, message))
    return { record: { edition, message, status: 'composed' }, fresh: true };
  const winner = await deps.editions.get(id);
  if (!winner) throw new Error(`Edition ${id} was neither created nor found.`);
  return { record: winner, fresh: false };
}

async function compose(deps: ComposeDeps, key: EditionKey, zone: string): Promise<Edition> {
  const { lookbackHours, sendWithinHours, maxStories } = deps.config.edition;
  const now = deps.clock().getTime();
  const due = Date.parse(key.dueAt);
  const since = iso(due - (PERIOD[key.cadence] - PERIOD.daily + lookbackHours) * HOUR);
  const items = (await Array.fromAsync(pages((cursor) => deps.feeds.itemsSince(since, cursor)))).flat();
  return composeEdition({
    ...{ key, zone, since, items, maxStories, selector: deps.selector },
    composedAt: iso(now),
    sendBy: iso(Math.max(due + sendWithinHours * HOUR, now + GRACE_HOURS * HOUR)),
    previous: await previousEditions(deps.editions, key),
    health: healthOf(deps.sources, await deps.feeds.listStates(), now),
    versions: { ...deps.versions, profile: deps.selector.profile },
  });
}

/** The newest editions due before this one, of the same publication, cadence and variant. */
async function previousEditions(editions: EditionStore, key: EditionKey): Promise<readonly Edition[]> {
  const series = editionId(key).replace(/[^-]+$/, '');
  const oldest = iso(Date.parse(key.dueAt) - PREVIOUS * PERIOD[key.cadence] * HOUR - HOUR);
  const found: Edition[] = [];
  for await (const page of pages((cursor) => editions.list(50, cursor)))
    for (const { id, dueAt } of page) {
      if (dueAt < oldest) return found;
      if (!id.startsWith(series) || dueAt >= key.dueAt) continue;
      const record = await editions.get(id);
      if (record) found.push(record.edition);
      if (found.length === PREVIOUS) return found;
    }
  return found;
}

/** A publisher is silent when its last success is more than half a day old, or there was none. */
export function healthOf(sources: readonly FeedSource[], states: readonly FeedState[], now: number): FeedHealth {
  const known = new Map(states.map((state) => [state.url, state]));
  const silent = sources.filter(({ url }) => {
    const last = known.get(url)?.lastSuccess;
    return last === undefined || now - Date.parse(last) > HALF_DAY;
  });
  const name = ({ url, title }: FeedSource) => title ?? known.get(url)?.title ?? new URL(url).hostname;
  return { total: sources.length, healthy: sources.length - silent.length, silent: [...new Set(silent.map(name))] };
}

function iso(ms: number): Instant {
  return new Date(ms).toISOString();
}
