import { arrange } from '../editions/arrange.ts';
import { type GatherInput, gather, type News } from '../editions/gather.ts';
import { editionId, slotName } from '../editions/key.ts';
import type { Edition, EditionKey, FeedHealth, Slot } from '../editions/model.ts';
import { healthOf } from '../editions/outage.ts';
import type { EditionRecord, EditionStore } from '../editions/ports.ts';
import type { QuietHours } from '../editions/quiet-hours.ts';
import type { FeedSource } from '../feeds/model.ts';
import type { FeedStore } from '../feeds/ports.ts';
import { pages } from '../pages.ts';
import { renderEdition } from '../rendering/edition.ts';
import { inWords } from '../rendering/edition-view.ts';
import type { Site } from '../rendering/site.ts';
import { HOUR } from '../time.ts';
import type { Clock, Instant, Locale } from '../types.ts';
import { alertedItems, recentAlerts } from './alert-log.ts';
import type { TakenDeps } from './never-left.ts';
import { previousEditions, silentBefore } from './previous.ts';

export interface ComposeDeps extends TakenDeps {
  readonly feeds: Pick<FeedStore, 'listStates' | 'itemsSince'>;
  readonly editions: EditionStore;
  readonly sources: readonly FeedSource[];
  readonly selector: GatherInput['selector'] & { readonly profile: string };
  readonly site: Site;
  readonly config: {
    readonly publication: { readonly id: string };
    readonly locales?: readonly Locale[];
    /** Where it is set, stories that alerts were sent of are marked. */
    readonly breaking?: { readonly quietHours: QuietHours } | undefined;
    readonly edition: { readonly maxStories: number; readonly lookbackHours: number; readonly sendWithinHours: number };
  };
  readonly versions: { readonly config: string; readonly code: string };
  readonly clock: Clock;
  /** What was gathered before, by the time it looks back to: editions of one call of `publish` share it. */
  readonly desk?: Map<Instant, Promise<Gathered>>;
}

type NewsDeps = Omit<ComposeDeps, 'site'>;

type Gathered = News & { readonly health: FeedHealth; readonly alerted?: ReadonlySet<string> };

export interface Ensured {
  readonly record: EditionRecord;
  /** Composed by this call; else it was there already. */
  readonly fresh: boolean;
}

/** Hours from one edition to the next. */
const PERIOD = { breaking: 1, daily: 24, weekly: 7 * 24 } as const;
/** An edition sent late on purpose (by hand, or to catch up) has at least this long to leave. */
const GRACE_HOURS = 2;

/**
 * The stored edition of this key; composed, rendered and frozen first when there is none. The first writer counts.
 * @param appointments those that the edition is for: all of them come at its due time
 */
export async function ensureEdition(
  deps: ComposeDeps,
  key: EditionKey,
  appointments: readonly Slot[],
): Promise<Ensured> {
  const id = editionId(key);
  const stored = await deps.editions.get(id);
  if (stored) return { record: stored, fresh: false };

  const edition = inWords(await draftEdition(deps, key, appointments));
  const message = renderEdition(edition, deps.site);
  if (await deps.editions.create(edition, message))
    return { record: { edition, message, status: 'composed' }, fresh: true };
  const winner = await deps.editions.get(id);
  if (!winner) throw new Error(`Edition ${id} was neither created nor found.`);
  return { record: winner, fresh: false };
}

/**
 * The edition of this key as it would be composed now: from what was collected, and what an editor decided. Writes nothing.
 * @param appointments as for `ensureEdition`
 */
export async function draftEdition(
  deps: Omit<ComposeDeps, 'site'>,
  key: EditionKey,
  appointments: readonly Slot[],
): Promise<Edition> {
  const { lookbackHours, sendWithinHours, maxStories } = deps.config.edition;
  const due = Date.parse(key.dueAt);
  const previous = await previousEditions(deps, key, appointments);
  const periods = PERIOD[key.cadence] * (1 + silentBefore(previous));
  const since = iso(due - (periods - PERIOD.daily + lookbackHours) * HOUR);
  const news = await newsSince(deps, since, key);
  return arrange({
    ...{ ...news, key, zone: appointments[0]?.zone ?? 'UTC', maxStories },
    sendBy: iso(Math.max(due + sendWithinHours * HOUR, deps.clock().getTime() + GRACE_HOURS * HOUR)),
    previous: previous.filter(({ left }) => left).map(({ edition }) => edition),
    versions: { ...deps.versions, profile: deps.selector.profile },
  });
}

/** Read, decided and grouped once, for all languages and wishes of a slot. */
function newsSince(deps: NewsDeps, since: Instant, slot: EditionKey): Promise<Gathered> {
  const news = deps.desk?.get(since) ?? readNews(deps, since, slot);
  deps.desk?.set(since, news);
  return news;
}

async function readNews(deps: NewsDeps, since: Instant, slot: EditionKey): Promise<Gathered> {
  const edits = await deps.editions.edits(slotName(slot));
  const items = (await Array.fromAsync(pages((cursor) => deps.feeds.itemsSince(since, cursor)))).flat();
  const now = deps.clock();
  const health = healthOf(deps.sources, await deps.feeds.listStates(), now.getTime());
  const news = gather({ items, selector: deps.selector, since, composedAt: now.toISOString(), edits });
  return { ...news, health, ...(await alertedTo(deps, now.toISOString())) };
}

async function alertedTo(deps: NewsDeps, now: Instant): Promise<Pick<Gathered, 'alerted'>> {
  const { breaking, locales = [], publication } = deps.config;
  if (!breaking) return {};
  return { alerted: alertedItems(await recentAlerts({ ...deps, config: { publication, locales } }, now)) };
}

function iso(ms: number): Instant {
  return new Date(ms).toISOString();
}
