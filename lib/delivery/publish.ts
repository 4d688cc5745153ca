import { variantName } from '../editions/key.ts';
import type { FeedHealth } from '../editions/model.ts';
import { isOutage } from '../editions/outage.ts';
import type { Logger } from '../log.ts';
import { remembering } from '../selection/remembering.ts';
import type { SubscriberStore } from '../subscriptions/ports.ts';
import type { Instant, Progress } from '../types.ts';
import { type Due, dueNow, readersOf, toldOf } from './audience.ts';
import { eachApart } from './each-apart.ts';
import { enqueuePlanned, rows } from './enqueue.ts';
import { type ComposeDeps, type Ensured, ensureEdition } from './ensure-edition.ts';
import { editionsOf, frozenEditions } from './frozen.ts';
import type { DeliveryStore, JobQueue, SendingStore } from './ports.ts';
import { type Gate, readGate } from './sending.ts';
import { isUnfinished, markFinished, markUnfinished } from './unfinished.ts';
import { createWishes } from './wishes.ts';

export interface PublishDeps extends ComposeDeps {
  readonly deliveries: DeliveryStore;
  readonly sending: SendingStore;
  readonly subscribers: Pick<SubscriberStore, 'appointments' | 'dueReaders'>;
  readonly queue: JobQueue;
  readonly log: Logger;
  readonly progress?: Progress;
}

export interface PublishedEdition {
  readonly id: string;
  /**
   * `resumed`: an earlier call broke off. `already`: its audience was frozen before. `quiet`: no news; `outage`: no news
   * because most feeds could not be read; both are mailed only to those who asked for that.
   */
  readonly outcome: 'published' | 'already' | 'resumed' | 'quiet' | 'outage';
  readonly audience: number;
  readonly stories: number;
  readonly dueAt: Instant;
}

export interface PublishResult {
  readonly editions: readonly PublishedEdition[];
  /** Items looked at, picked and not picked, in the edition that saw most. */
  readonly items: number;
  readonly picked: number;
  readonly notPicked: number;
}

/**
 * Publishes what is due: for every appointment in use whose newest coming is at most `withinHours` ago, makes sure that
 * its edition is composed (one per language and wish of its readers), freezes the audience in the ledger and hands the
 * rows to the queue, unless sending is switched off. The schedule, a person and catching up all come through here.
 * Repeating it, at the same time or later, finishes what broke off and never mails anybody twice.
 * @throws when all appointments had their turn, if the editions of some could not be published (`eachApart`)
 */
export async function publish(
  deps: PublishDeps,
  input: { readonly at: Instant; readonly withinHours: number },
): Promise<PublishResult> {
  const due = dueNow(await deps.subscribers.appointments(), input.at, input.withinHours);
  const gate = await readGate(deps);
  if (gate.stopped) deps.log.warn('sending is off', { reason: gate.stopped });
  // The same item is decided once per call, not once per language.
  const once = { ...deps, selector: remembering(deps.selector), desk: new Map() };
  const groups = await eachApart(
    due.entries(),
    async ([index, group]) => {
      deps.progress?.('publish', index, due.length);
      return (await known(deps, group)) ?? (await create(once, group, gate));
    },
    ([, { cadence, dueAt }], error) => deps.log.error('editions not published', { cadence, dueAt, error }),
  );
  deps.progress?.('publish', due.length, due.length);
  const { items, picked } = groups.reduce((a, b) => (b.items > a.items ? b : a), { items: 0, picked: 0 });
  return { editions: groups.flatMap(({ editions }) => editions), items, picked, notPicked: items - picked };
}

/** The editions that are due together, and what the one that saw most has looked at. */
interface Group {
  readonly editions: readonly PublishedEdition[];
  readonly items: number;
  readonly picked: number;
}

async function known(deps: PublishDeps, due: Due): Promise<Group | undefined> {
  const frozen = await frozenEditions(deps, due);
  const record = frozen?.[0] && (await deps.editions.get(frozen[0].id));
  if (!frozen || !record || (await isUnfinished(deps, due))) return undefined;
  const { counts, health } = record.edition;
  const editions = frozen.map(({ id, stories, dueAt, audience = 0 }): PublishedEdition => {
    return { id, outcome: stories === 0 ? silence(health) : 'already', audience, stories, dueAt };
  });
  return { editions, items: counts.items, picked: counts.picked };
}

async function create(deps: PublishDeps, due: Due, gate: Gate): Promise<Group> {
  const { ensured, errors } = await plan(deps, due);
  const now = deps.clock().toISOString();
  if (errors.length > 0) await markUnfinished(deps, due, now);
  const editions: PublishedEdition[] = [];
  for (const each of ensured) editions.push(await freeze(deps, each, gate));
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'Several editions failed.');
  if (ensured.some(({ record }) => record.status !== 'composed')) await markFinished(deps, due, now);
  const counts = ensured.map(({ record }) => record.edition.counts);
  return { editions, ...counts.reduce((a, b) => (b.items > a.items ? b : a), { items: 0, picked: 0 }) };
}

interface Plan {
  /** Those of which every reader has a `planned` row. */
  readonly ensured: readonly Ensured[];
  readonly errors: readonly unknown[];
}

/**
 * Makes sure of the editions of a group and writes a `planned` row for each of its readers. One that fails holds back
 * its own readers only.
 */
async function plan(deps: PublishDeps, due: Due): Promise<Plan> {
  const editions = new Map<string, Ensured>();
  const failed = new Map<string, unknown>();
  const stored = await editionsOf(deps, due);
  const allowed = createWishes(
    stored.map(({ id }) => id),
    deps.log,
  );
  for await (const { choice, readers } of readersOf(deps.subscribers, due)) {
    const { locale: variant, ...filter } = choice;
    const { id: publication } = deps.config.publication;
    const key = allowed({ publication, cadence: due.cadence, variant, ...filter, dueAt: due.dueAt });
    const name = variantName(key);
    if (failed.has(name)) continue;
    try {
      const ensured = editions.get(name) ?? (await ensureEdition(deps, key, due.appointments));
      editions.set(name, ensured);
      const { edition, status } = ensured.record;
      const told = status === 'composed' ? toldOf(edition, readers) : [];
      if (told.length > 0) await deps.deliveries.plan(edition.id, told, deps.clock().toISOString());
    } catch (error) {
      failed.set(name, error);
      editions.delete(name);
    }
  }
  return { ensured: [...editions.values()], errors: [...failed.values()] };
}

/** Counts the ledger, closes the audience, then lets the mail go: nobody can join an edition that is on its way. */
export async function freeze(deps: PublishDeps, { record, fresh }: Ensured, gate: Gate): Promise<PublishedEdition> {
  const { edition, status } = record;
  const about = { id: edition.id, stories: edition.counts.stories, dueAt: edition.dueAt };
  const told = (outcome: 'published' | 'already' | 'resumed', audience: number): PublishedEdition => {
    return { ...about, outcome: edition.quiet ? silence(edition.health) : outcome, audience };
  };
  if (status !== 'composed') return told('already', record.audience ?? 0);

  const audience = await count(rows(deps, edition.id));
  const won = await deps.editions.advance(edition.id, 'composed', audience > 0 ? 'planned' : 'closed', audience);
  if (!won) return told('already', audience);
  if (!gate.stopped) await enqueuePlanned(deps, edition.id);
  return told(fresh ? 'published' : 'resumed', audience);
}

/** What it means that there is no news: nothing happened, or nobody could look. */
function silence(health: FeedHealth): 'quiet' | 'outage' {
  return isOutage(health) ? 'outage' : 'quiet';
}

async function count(things: AsyncIterable<unknown>): Promise<number> {
  let total = 0;
  for await (const _ of things) total += 1;
  return total;
}
