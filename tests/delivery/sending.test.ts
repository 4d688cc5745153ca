import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliver } from '../../lib/delivery/deliver.ts';
import { recordEvent } from '../../lib/delivery/feedback.ts';
import type { Job, MailEvent } from '../../lib/delivery/model.ts';
import { publish } from '../../lib/delivery/publish.ts';
import { editionReport } from '../../lib/delivery/report.ts';
import { pauseSending, resumeSending, sendingState } from '../../lib/delivery/sending.ts';
import { sweep } from '../../lib/delivery/sweep.ts';
import { createLogger } from '../../lib/log.ts';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { backup, restore } from '../../lib/storage/sqlite/backup.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import { suppress } from '../../lib/subscriptions/suppress.ts';
import { type Dynalite, startDynalite } from '../support/dynalite.ts';
import { config, item, keys, pickAll, reader, site } from '../support/newsroom.ts';

const editionId = 'war-daily-nl-20261123T0600Z';
const HOUR = 3600;

let now: number;
let log: string[];
/** Who got mail, and how many. */
let inboxes: Map<string, number>;
let jobs: Job[];

/** The whole path of an edition over these stores. */
function systemOf(stores: Stores) {
  const clock = () => new Date(now);
  const send = async ({ to }: { to: string }) => {
    inboxes.set(to, (inboxes.get(to) ?? 0) + 1);
    return { kind: 'sent', messageId: `message-${to}` } as const;
  };
  const enqueue = async (more: readonly Job[], delay = 0) => {
    if (delay === 0) jobs.push(...more);
    return [];
  };
  const links = createLinks({ siteUrl: site.url, keys, clock });
  const deps = {
    ...{ ...stores, queue: { enqueue }, transport: { send }, clock, links, site, config },
    ...{ log: createLogger((line) => log.push(line)), sources: [], selector: pickAll },
    versions: { config: 'c', code: '1' },
  };
  return {
    deps,
    publish: () => publish(deps, { at: clock().toISOString(), withinHours: 3 }),
    sweep: () => sweep(deps, { now: clock().toISOString() }),
    work: async () => {
      for (const job of jobs.splice(0)) await deliver(deps, job);
    },
    event: (event: MailEvent) => recordEvent({ ...deps, suppress: (id, reason) => suppress(deps, id, reason) }, event),
    books: async (id = editionId) => (await editionReport(deps, id)).counts,
  };
}

async function fill(stores: Stores, readers: number): Promise<void> {
  await stores.feeds.putItem(item(1, '2026-11-23T04:00:00.000Z'));
  for (let n = 1; n <= readers; n += 1) await stores.subscribers.put(reader(n, 'nl'), 0);
}

const pass = (seconds: number) => {
  now += seconds * 1000;
};
const mails = () => [...inboxes.values()].reduce((a, b) => a + b, 0);

beforeEach(() => {
  now = Date.parse('2026-11-23T06:05:00.000Z');
  [log, inboxes, jobs] = [[], new Map(), []];
});

describe('a pause', () => {
  test('lets nothing leave, not a letter either, and whatever waits leaves when it is over', async () => {
    const stores = openSqlite(':memory:');
    await fill(stores, 3);
    const system = systemOf(stores);
    await pauseSending(system.deps, { reason: 'a wrong template' });
    await system.publish();
    expect(jobs).toEqual([]);
    const letter: Job = { kind: 'letter', letter: 'welcome', subscriberId: reader(1, 'nl').id, nonce: 'n' };
    const edition: Job = { kind: 'edition', editionId, subscriberIds: [reader(1, 'nl').id] };
    expect(await deliver(system.deps, letter)).toMatchObject({ postponed: 1, retry: false, stopped: /wrong template/ });
    expect(await deliver(system.deps, edition)).toMatchObject({ sent: 0, stopped: 'paused: a wrong template' });
    pass(HOUR);
    expect(await system.sweep()).toMatchObject({ requeued: 0 });
    expect(mails()).toBe(0);

    await resumeSending(system.deps);
    expect(await system.sweep()).toMatchObject({ requeued: 3 });
    await system.work();
    expect([...inboxes.values()]).toEqual([1, 1, 1]);
    stores.close();
  });

  test('is not ended with a time to come: all editions until then would expire', async () => {
    const stores = openSqlite(':memory:');
    const { deps } = systemOf(stores);
    await pauseSending(deps);
    await expect(resumeSending(deps, { sentUntil: '2027-11-23T06:00:00.000Z' })).rejects.toThrow('yet to come');
    expect(await sendingState(deps)).toMatchObject({ state: 'paused' });
    stores.close();
  });

  test('lasts until somebody ends it, and says since when and why', async () => {
    const stores = openSqlite(':memory:');
    const { deps } = systemOf(stores);
    expect(await sendingState(deps)).toMatchObject({ state: 'on' });
    await pauseSending(deps, { reason: 'holiday' });
    pass(30 * 24 * HOUR);
    expect(await sendingState(deps)).toMatchObject({
      state: 'paused',
      reason: 'holiday',
      since: '2026-11-23T06:05:00.000Z',
    });
    expect(await resumeSending(deps)).toMatchObject({ state: 'on', since: '2026-12-23T06:05:00.000Z' });
    expect(await sendingState(deps)).not.toHaveProperty('reason');
    stores.close();
  });
});

describe('an edition whose time passed while sending was off', () => {
  const next = 'war-daily-nl-20261124T0600Z';
  let stores: ReturnType<typeof openSqlite>;
  let system: ReturnType<typeof systemOf>;
  beforeEach(async () => {
    stores = openSqlite(':memory:');
    await fill(stores, 3);
    system = systemOf(stores);
  });
  afterEach(() => stores.close());

  /** What the edition of the next morning tells. */
  async function nextMorning(resume: { readonly sentUntil?: string } = {}) {
    pass(23 * HOUR);
    await system.sweep();
    await resumeSending(system.deps, resume);
    pass(HOUR);
    await system.publish();
    const { items = [] } = (await stores.editions.get(next))?.edition.lead ?? {};
    return items.map(({ item: { key } }) => key);
  }

  test('is told by the next one, with what it reached back to', async () => {
    await stores.feeds.putItem(item(2, '2026-11-22T08:00:00.000Z', { title: 'Hospital roof falls in far away' }));
    await pauseSending(system.deps);
    await system.publish();
    await nextMorning();
    expect(await system.books()).toMatchObject({ expired: 3 });
    expect((await stores.editions.get(next))?.edition.counts).toMatchObject({ stories: 2, picked: 2 });
  });

  test('is not told again when one mail of it had left', async () => {
    await system.publish();
    await deliver(system.deps, { kind: 'edition', editionId, subscriberIds: [reader(3, 'nl').id] });
    await pauseSending(system.deps);
    expect(await nextMorning()).toEqual([]);
    expect(await system.books()).toMatchObject({ expired: 2, sent: 1 });
  });

  test('is not told again when the operator says that it had left', async () => {
    await pauseSending(system.deps);
    await system.publish();
    expect(await nextMorning({ sentUntil: '2026-11-23T06:00:00.000Z' })).toEqual([]);
  });
});

describe('the brake', () => {
  let stores: ReturnType<typeof openSqlite>;
  afterEach(() => stores.close());

  /** Sends an edition to so many readers, then tells of so many events about different mails. */
  async function day(readers: number, events: number, type: 'bounce' | 'complaint') {
    stores = openSqlite(':memory:');
    await fill(stores, readers);
    const system = systemOf(stores);
    await system.publish();
    await system.work();
    for (let n = 1; n <= events; n += 1) await tell(system, n, type);
    return system;
  }

  async function tell(system: ReturnType<typeof systemOf>, n: number, type: 'bounce' | 'complaint', permanent = true) {
    const subscriberId = reader(n, 'nl').id;
    const row = await stores.deliveries.get(editionId, subscriberId);
    const event = { type, editionId, subscriberId, attemptId: row?.attemptId ?? '', messageId: row?.messageId ?? '' };
    await system.event({ ...event, at: new Date(now).toISOString(), ...(type === 'bounce' && { permanent }) });
  }

  test.each([
    ['9 bounces of 180 mails, 5 %, are too few to tell', 180, 9, 'bounce', 'on'],
    ['10 bounces of 201 mails are not yet 5 %', 201, 10, 'bounce', 'on'],
    ['10 bounces of 200 mails are 5 %', 200, 10, 'bounce', 'braked'],
    ['2 complaints of 100 mails are too few to tell', 100, 2, 'complaint', 'on'],
    ['3 complaints of 100 mails are more than 0.1 %', 100, 3, 'complaint', 'braked'],
  ] as const)('%s', async (_name, readers, events, type, state) => {
    const system = await day(readers, events, type);
    expect((await sendingState(system.deps)).state).toBe(state);
  });

  test.each([
    [2998, 'on'],
    [2997, 'braked'],
  ] as const)('3 complaints of today, %i mails of yesterday and 3 of today: %s', async (yesterday, state) => {
    const system = await day(3, 0, 'complaint');
    await stores.sending.count('1 2026-11-22', { sent: yesterday });
    await stores.sending.count('1 2026-11-21', { sent: 100_000, complained: 90_000 });
    for (const n of [1, 2, 3]) await tell(system, n, 'complaint');
    expect(await sendingState(system.deps)).toMatchObject({ state, lately: { sent: yesterday + 3, complained: 3 } });
  });

  test('says so in the log, holds what is left of the edition, and is lifted by an operator only', async () => {
    const system = await day(100, 3, 'complaint');
    expect(log.join()).toContain('"message":"sending braked","reason":"3 of 100 mails complained within two days"');
    await stores.subscribers.put(reader(101, 'nl'), 0);
    await stores.deliveries.plan(editionId, [reader(101, 'nl').id], new Date(now).toISOString());
    pass(HOUR);
    await system.sweep();
    await system.work();
    expect(mails()).toBe(100);

    expect(await resumeSending(system.deps)).toMatchObject({ state: 'on', lately: { sent: 0, complained: 0 } });
    await system.sweep();
    await system.work();
    expect(mails()).toBe(101);
    await tell(system, 4, 'complaint');
    expect((await sendingState(system.deps)).state).toBe('on');
  });

  test('is not pulled by an event that is told again, or is about nobody we mailed', async () => {
    const system = await day(100, 2, 'complaint');
    for (const n of [1, 2, 1, 2, 500]) await tell(system, n, 'complaint');
    expect(await sendingState(system.deps)).toMatchObject({ state: 'on', lately: { complained: 2 } });
  });

  test('counts an event once though others move its row at the same moment', async () => {
    const system = await day(10, 0, 'complaint');
    const { settle } = system.deps.deliveries;
    let races = 3;
    const racing: typeof settle = async (change) => (races-- > 0 ? false : settle(change));
    Object.assign(system.deps.deliveries, { settle: racing });
    await tell(system, 1, 'complaint');
    expect(await sendingState(system.deps)).toMatchObject({ lately: { complained: 1 } });
  });

  test('a pause by the operator stays a pause', async () => {
    const system = await day(100, 2, 'complaint');
    await pauseSending(system.deps, { reason: 'mine' });
    await tell(system, 3, 'complaint');
    expect(await sendingState(system.deps)).toMatchObject({ state: 'paused', reason: 'mine' });
  });

  test('transient bounces do not pull it; the seventh in 30 days of one reader suppresses that reader', async () => {
    const system = await day(20, 0, 'bounce');
    for (let n = 1; n <= 20; n += 1) await tell(system, n, 'bounce', false);
    expect(await sendingState(system.deps)).toMatchObject({ state: 'on', lately: { delayed: 20, bounced: 0 } });
    expect((await system.books()).sent).toBe(20);

    const { id: subscriberId } = reader(1, 'nl');
    const status = async () => (await stores.subscribers.get(subscriberId))?.status;
    for (let more = 2; more <= 7; more += 1) {
      const edition = `war-daily-nl-2026112${more}T0700Z`;
      await stores.deliveries.plan(edition, [subscriberId], '2026-11-23T06:05:00.000Z');
      await stores.deliveries.claim(edition, subscriberId, 'w-1', '2026-11-23T06:05:00.000Z');
      expect(await status()).toBe('active');
      const bounce = { editionId: edition, subscriberId, attemptId: 'w-1', messageId: 'm', permanent: false } as const;
      for (const _ of [1, 2, 3]) await system.event({ ...bounce, type: 'bounce', at: '2026-11-23T06:06:00.000Z' });
    }
    expect(await status()).toBe('suppressed');
  });
});

describe('the fence of a restored database', () => {
  let folder: string;
  let dynalite: Dynalite;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fence-'));
    dynalite = await startDynalite();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await dynalite.close();
  });

  /** What DynamoDB's own restores do: every item, in a table that was not there before. */
  async function copyTable(from: string): Promise<string> {
    const to = await dynalite.createTable();
    const { Items = [] } = await dynalite.client.send(new ScanCommand({ TableName: from }));
    for (let start = 0; start < Items.length; start += 25) {
      const puts = Items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
      await dynalite.client.send(new BatchWriteCommand({ RequestItems: { [to]: puts } }));
    }
    return to;
  }

  /** Opens stores, and gives a function that opens a copy of them as they are when it is made. */
  const places: Record<string, () => Promise<{ stores: Stores; save: () => Promise<() => Promise<Stores>> }>> = {
    SQLite: async () => ({
      stores: openSqlite(join(folder, 'live.sqlite')),
      save: async () => {
        backup(join(folder, 'live.sqlite'), join(folder, 'copy.sqlite'));
        return async () => {
          restore(join(folder, 'copy.sqlite'), join(folder, 'restored.sqlite'), new Date(now).toISOString());
          return openSqlite(join(folder, 'restored.sqlite'));
        };
      },
    }),
    DynamoDB: async () => {
      const table = await dynalite.createTable();
      return {
        stores: dynamoStores(dynalite.client, table),
        save: async () => {
          const copy = await copyTable(table);
          return async () => dynamoStores(dynalite.client, copy);
        },
      };
    },
  };

  test.each(Object.keys(places))(
    '%s: backup, send, restore: nothing is sent until an operator lifts it, and then nobody gets the same edition again',
    async (place) => {
      const { stores, save } = (await places[place]?.()) ?? {};
      if (!stores || !save) throw new Error('no such place');
      await fill(stores, 3);
      const live = systemOf(stores);
      await live.publish();
      const jobsOfThen = [...jobs];
      const open = await save();
      await live.work();
      expect([...inboxes.values()]).toEqual([1, 1, 1]);

      pass(HOUR / 2);
      const old = systemOf(await open());
      jobs.push(...jobsOfThen);
      await old.publish();
      await old.work();
      for (let tick = 0; tick < 8; tick += 1, pass(15 * 60)) {
        await old.publish();
        await old.sweep();
        await old.work();
      }
      expect(mails()).toBe(3);
      expect(await sendingState(old.deps)).toMatchObject({ state: 'restored' });
      expect(log.join()).toContain('restored: this database is a copy of another');

      await resumeSending(old.deps);
      jobs.push(...jobsOfThen);
      await old.work();
      for (let tick = 0; tick < 4; tick += 1, pass(15 * 60)) {
        await old.sweep();
        await old.work();
      }
      expect(mails()).toBe(3);
      expect(await old.books()).toMatchObject({ planned: 0, sent: 0, expired: 3 });

      now = Date.parse('2026-11-24T06:05:00.000Z');
      await old.deps.feeds.putItem(item(2, '2026-11-24T04:00:00.000Z'));
      await old.publish();
      await old.work();
      expect([...inboxes.values()]).toEqual([2, 2, 2]);
    },
  );

  test('with "treat as sent until" an operator lets out what was due after the last edition that left', async () => {
    const table = await dynalite.createTable();
    const stores = dynamoStores(dynalite.client, table);
    await fill(stores, 3);
    await systemOf(stores).publish();
    jobs = [];
    const old = systemOf(dynamoStores(dynalite.client, await copyTable(table)));
    pass(60);
    await resumeSending(old.deps, { sentUntil: '2026-11-23T05:59:59.000Z' });
    await old.sweep();
    await old.work();
    expect([...inboxes.values()]).toEqual([1, 1, 1]);
  });
});
