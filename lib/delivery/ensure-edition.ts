import { arrange } from '../editions/arrange.ts';
import { latestDue } from '../editions/due.ts';
import { type GatherInput, gather, type News } from '../editions/gather.ts';
import { editionId, slotName } from '../editions/key.ts';
import type { Edition, EditionKey, FeedHealth, Slot } from '../editions/model.ts';
import { isOutage } from '../editions/outage.ts';
import type { EditionRecord, EditionStore } from '../editions/ports.ts';
import type { QuietHours } from '../editions/quiet-hours.ts';
import type { FeedSource, FeedState } from '../feeds/model.ts';
import type { FeedStore } from '../feeds/ports.ts';
import { pages } from '../pages.ts';
import { renderEdition } from '../rendering/edition.ts';
import type { Site } from '../rendering/site.ts';
import type { Clock, Instant, Locale } from '../types.ts';
import { alertedItems, recentAlerts } from './alert-log.ts';
import { neverLeft, type TakenDeps } from './never-left.ts';

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

const HOUR = 3_600_000;
const HALF_DAY = 12 * HOUR;
/** Hours from one edition to the next. */
const PERIOD = { breaking: 1, daily: 24, weekly: 7 * 24 } as const;
/** Last comings of an appointment whose stories are not told again. */
const PREVIOUS = 3;
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

  const edition = await draftEdition(deps, key, appointments);
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

/** `left`: not false, unless nobody can have had it. */
interface Earlier {
  readonly edition: Edition;
  readonly left: boolean;
}

/**
 * What the readers of these appointments were told before, newest first: the editions at the last comings of their own
 * appointments. What another hour or zone of the same language carried was not told to them. Appointments that share
 * an edition have the same last comings, save in weeks in which only one of their zones moved its clock.
 */
async function previousEditions(
  deps: NewsDeps,
  key: EditionKey,
  appointments: readonly Slot[],
): Promise<readonly Earlier[]> {
  const comings = new Set(appointments.flatMap((appointment) => lastComings(appointment, key.dueAt)));
  const ids = [...comings]
    .toSorted()
    .reverse()
    .map((dueAt) => editionId({ ...key, dueAt }));
  const records = (await Promise.all(ids.map((id) => deps.editions.get(id)))).filter((record) => record !== undefined);
  const now = deps.clock().toISOString();
  return Promise.all(records.map(async ({ edition }) => ({ edition, left: !(await neverLeft(deps, edition, now)) })));
}

/**
 * How many editions up to the last told nothing because the feeds were silent, or never left: the next one tells their
 * news as well.
 */
function silentBefore(previous: readonly Earlier[]): number {
  const told = previous.findIndex(({ left, edition }) => left && (!edition.quiet || !isOutage(edition.health)));
  return told < 0 ? previous.length : told;
}

function lastComings(appointment: Slot, dueAt: Instant): readonly Instant[] {
  const comings: Instant[] = [];
  for (let before = dueAt; comings.length < PREVIOUS; before = comings.at(-1) ?? dueAt)
    comings.push(latestDue(appointment, iso(Date.parse(before) - 1)));
  return comings;
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
