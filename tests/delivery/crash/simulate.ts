import { deliver } from '../../../lib/delivery/deliver.ts';
import { rows } from '../../../lib/delivery/enqueue.ts';
import { recordEvent } from '../../../lib/delivery/feedback.ts';
import type { Delivery, Job, MailEvent, OutgoingMail } from '../../../lib/delivery/model.ts';
import type { JobQueue, MailTransport } from '../../../lib/delivery/ports.ts';
import { publish } from '../../../lib/delivery/publish.ts';
import { type Policy, sweep } from '../../../lib/delivery/sweep.ts';
import type { EditionRecord } from '../../../lib/editions/ports.ts';
import { silent } from '../../../lib/log.ts';
import { openSqlite } from '../../../lib/storage/sqlite/index.ts';
import type { Stores } from '../../../lib/storage/stores.ts';
import { createLinks } from '../../../lib/subscriptions/links.ts';
import type { Preferences } from '../../../lib/subscriptions/model.ts';
import { suppress } from '../../../lib/subscriptions/suppress.ts';
import { config, item, keys, pickAll, reader, site } from '../../support/newsroom.ts';
import { type Around, createTrace, type Fault, traced } from './effects.ts';
import type { Mutant } from './mutants.ts';

export interface Plan {
  readonly faults?: readonly Fault[];
  readonly readers?: number;
  /** They are readers of two hours and two languages, hence of three editions. Default: of one. */
  readonly apart?: boolean;
  readonly policy?: Policy;
  /** The second reader leaves just before this effect. */
  readonly leavesAt?: number;
  /** Minutes that SES events take; `never`: the event pipe is down. */
  readonly events?: number | 'never';
  readonly mutant?: Mutant;
  /** Picks which message of the queue is next, and whether it comes twice: 0..1. Default: in order, once. */
  readonly random?: () => number;
  /** Opens empty stores; what it does through `around` is an effect. Default: SQLite in memory. */
  readonly open?: (around: Around) => Promise<OpenStores>;
}

export interface Outcome {
  /** Names of all effects, in order. */
  readonly effects: readonly string[];
  readonly rows: readonly Delivery[];
  /** Accepted mails per reader, whatever our ledger says. */
  readonly accepted: ReadonlyMap<string, number>;
  readonly editions: readonly EditionRecord[];
  /** So many editions these readers should have between them. */
  readonly expected: number;
  readonly readerIds: readonly string[];
  /** The reader who left on the way. */
  readonly leaverId: string | undefined;
  /** Mails accepted although the reader had left before we looked. */
  readonly afterLeaving: number;
}

const START = Date.parse('2026-11-23T06:01:00.000Z');
const MINUTE = 60_000;
const USUAL: Preferences = { locale: 'nl', cadence: 'daily', zone: 'Europe/Amsterdam', hour: 7 };
/** Appointments of one edition, the readers of which are planned one after the other. */
const TOGETHER: readonly Preferences[] = [USUAL, USUAL, { ...USUAL, zone: 'Europe/Brussels' }];
const APART: readonly Preferences[] = [USUAL, USUAL, { ...USUAL, hour: 6 }, { ...USUAL, locale: 'en' }];
const HOURS = 6;
const RECEIVES = 5;

export type OpenStores = Stores & { close?(): void };

async function openMemory(): Promise<OpenStores> {
  return openSqlite(':memory:');
}

/** The clock, the readers, SES, the queues: everything that is not ours. */
async function createWorld(plan: Plan, around: Around) {
  const stores = await (plan.open ?? openMemory)(around);
  const choices = plan.apart ? APART : TOGETHER;
  const readers = Array.from({ length: plan.readers ?? choices.length }, (_, n) =>
    reader(n + 1, 'nl', { preferences: choices[n % choices.length] ?? USUAL }),
  );
  const accepted = new Map<string, number>();
  const events: { event: MailEvent; at: number }[] = [];
  const jobs: { job: Job; receives: number; at: number }[] = [];
  const world = { now: START, left: false, sawReaderGone: false, afterLeaving: 0 };
  const leaver = readers[1];

  async function leave() {
    const row = leaver && (await stores.subscribers.get(leaver.id));
    if (row) await stores.subscribers.put({ ...row, status: 'unsubscribed', version: row.version + 1 }, row.version);
    world.left = true;
  }

  /** Accepts, and tells so twice and in the wrong order. */
  function accept({ tags }: OutgoingMail): string {
    const { edition = '', recipient = '', attempt = '' } = tags;
    accepted.set(recipient, (accepted.get(recipient) ?? 0) + 1);
    if (recipient === leaver?.id && world.sawReaderGone) world.afterLeaving += 1;
    const messageId = `message-${attempt}`;
    const at = new Date(world.now).toISOString();
    const event = { messageId, editionId: edition, subscriberId: recipient, attemptId: attempt, at };
    const delay = plan.events ?? 0;
    if (delay !== 'never')
      for (const type of ['delivery', 'send', 'send'] as const)
        events.push({ event: { ...event, type }, at: world.now + delay * MINUTE });
    return messageId;
  }

  const subscribers = {
    ...stores.subscribers,
    /** Remembers that whoever sends from here on had the chance to know. */
    get: (id: string) => {
      if (id === leaver?.id && world.left) world.sawReaderGone = true;
      return stores.subscribers.get(id);
    },
  };
  const transport: MailTransport = { send: async (mail) => ({ kind: 'sent', messageId: accept(mail) }) };
  const queue: JobQueue = {
    enqueue: async (more, delaySeconds = 0) => {
      jobs.push(...more.map((job) => ({ job, receives: 0, at: world.now + delaySeconds * 1000 })));
      return [];
    },
  };
  return {
    world,
    stores: { ...stores, subscribers },
    raw: stores,
    readers,
    expected: new Set(readers.map(({ preferences: { locale, hour } }) => `${locale} ${hour}`)).size,
    accepted,
    events,
    jobs,
    transport,
    queue,
    leave,
  };
}

/** One day of the whole system with things going wrong as planned, until nothing moves any more. */
export async function simulate(plan: Plan): Promise<Outcome> {
  const trace = createTrace(plan.faults ?? [], {
    before: async (effect) => {
      if (effect === plan.leavesAt) await w.leave();
    },
    slow: () => {
      w.world.now += 10_000;
    },
  });
  const w = await createWorld(plan, trace.within);
  for (const each of w.readers) await w.raw.subscribers.put(each, 0);
  for (const n of [1, 2]) await w.raw.feeds.putItem(item(n, '2026-11-23T04:00:00.000Z'));
  const app = createApp(w, trace, plan);

  for (const end = START + HOURS * 60 * MINUTE; w.world.now < end; w.world.now += 5 * MINUTE) {
    for (let tries = 0; tries < 3 && !(await trace.invoke(app.publish)); tries += 1);
    await drain(w, trace, app, plan);
    await trace.invoke(app.sweep);
    await drain(w, trace, app, plan);
    if (await quiet(w)) break;
  }
  const outcome = await examine(w, trace.names);
  w.raw.close?.();
  return outcome;
}

type World = Awaited<ReturnType<typeof createWorld>>;
type Trace = ReturnType<typeof createTrace>;

function createApp(w: World, trace: Trace, plan: Plan) {
  const healthy = {
    stores: {
      ...w.stores,
      feeds: traced(trace, 'feeds', w.stores.feeds),
      editions: traced(trace, 'editions', w.stores.editions),
      deliveries: traced(trace, 'deliveries', w.stores.deliveries),
      sending: traced(trace, 'sending', w.stores.sending),
      subscribers: traced(trace, 'subscribers', w.stores.subscribers),
    },
    transport: traced(trace, 'ses', w.transport, {
      send: () => ({
        throttled: () => ({ kind: 'throttled', scope: 'rate', reason: 'by plan' }),
        unclear: () => ({ kind: 'uncertain', reason: 'by plan' }),
      }),
    }),
  };
  const { stores, transport } = plan.mutant?.(healthy) ?? healthy;
  const queue = traced(trace, 'queue', w.queue, {
    enqueue: (jobs) => ({ throttled: () => jobs, unclear: () => jobs }),
  });
  const clock = () => new Date(w.world.now);
  const links = createLinks({ siteUrl: site.url, keys, clock });
  const shared = { ...stores, queue, transport, links, site, config, clock, log: silent };
  const publishing = { ...shared, sources: [], selector: pickAll, versions: { config: 'c', code: '1' } };
  return {
    publish: () => publish(publishing, { at: clock().toISOString(), withinHours: 3 }),
    deliver: (job: Job) => deliver(shared, job),
    record: (event: MailEvent) =>
      recordEvent({ ...shared, suppress: (id, reason) => suppress(shared, id, reason) }, event).then(() => true),
    sweep: () => sweep({ ...shared, policy: plan.policy ?? 'resend-once' }, { now: clock().toISOString() }),
  };
}

type App = ReturnType<typeof createApp>;

/** Works off both queues; each redelivers what failed, and the job queue gives up after five times. */
async function drain(w: World, trace: Trace, app: App, plan: Plan): Promise<void> {
  for (;;) {
    await drainEvents(w, trace, app);
    const visible = w.jobs.filter(({ at }) => at <= w.world.now);
    const next = visible[Math.floor((plan.random?.() ?? 0) * visible.length)];
    if (!next) return;
    w.jobs.splice(w.jobs.indexOf(next), 1);
    const result = await trace.invoke(() => app.deliver(next.job));
    const again = !result || result.retry || (plan.random?.() ?? 1) < 0.2;
    if (again && next.receives + 1 < RECEIVES) w.jobs.push({ ...next, receives: next.receives + 1 });
    if (again) w.world.now += MINUTE;
  }
}

async function drainEvents(w: World, trace: Trace, app: App): Promise<void> {
  const due = w.events.filter(({ at }) => at <= w.world.now);
  w.events.splice(0, w.events.length, ...w.events.filter(({ at }) => at > w.world.now));
  for (const { event } of due)
    for (let tries = 0; tries < 4; tries += 1) if (await trace.invoke(() => app.record(event))) break;
}

async function quiet(w: World): Promise<boolean> {
  const { items } = await w.raw.editions.list(10);
  const done = items.length >= w.expected && items.every(({ status }) => status === 'closed');
  return w.jobs.length + w.events.length === 0 && done;
}

async function examine(w: World, effects: readonly string[]): Promise<Outcome> {
  const ids = (await w.raw.editions.list(10)).items.map(({ id }) => id);
  const records = await Promise.all(ids.map((id) => w.raw.editions.get(id)));
  const ledger = await Promise.all(ids.map((id) => Array.fromAsync(rows(w.raw, id))));
  return {
    effects,
    rows: ledger.flat(),
    accepted: w.accepted,
    editions: records.flatMap((record) => record ?? []),
    expected: w.expected,
    readerIds: w.readers.map(({ id }) => id),
    leaverId: w.world.left ? w.readers[1]?.id : undefined,
    afterLeaving: w.world.afterLeaving,
  };
}
