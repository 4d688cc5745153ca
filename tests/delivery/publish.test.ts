import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../../lib/delivery/model.ts';
import { type PublishDeps, publish } from '../../lib/delivery/publish.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import { createLogger, silent } from '../../lib/log.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { config, item, pickAll, reader, site } from '../support/newsroom.ts';

const at = '2026-11-23T06:05:00.000Z';
const dueAt = '2026-11-23T06:00:00.000Z';
const id = (variant: string) => `war-daily-${variant}-20261123T0600Z`;

let stores: ReturnType<typeof openSqlite>;
let jobs: Job[];
let deps: PublishDeps;

beforeEach(async () => {
  stores = openSqlite(':memory:');
  jobs = [];
  const queue = {
    enqueue: async (more: readonly Job[]) => {
      jobs.push(...more);
      return [];
    },
  };
  const clock = () => new Date(at);
  deps = {
    ...stores,
    queue,
    site,
    config,
    clock,
    sources: [],
    selector: pickAll,
    log: silent,
    versions: { config: 'c', code: '1' },
  };
  for (const n of [1, 2, 3]) await stores.feeds.putItem(item(n, '2026-11-23T04:00:00.000Z'));
});
afterEach(() => stores.close());

const subscribeAll = async (...readers: ReturnType<typeof reader>[]) => {
  for (const each of readers) await stores.subscribers.put(each, 0);
};

describe('publish', () => {
  test('composes one edition per language of its readers and plans each reader once', async () => {
    await subscribeAll(reader(1, 'nl'), reader(2, 'nl'), reader(3, 'en'));
    const result = await publish(deps, { at, withinHours: 3 });
    expect(result.editions).toMatchObject([
      { id: id('nl'), outcome: 'published', audience: 2, dueAt },
      { id: id('en'), outcome: 'published', audience: 1, dueAt },
    ]);
    expect(result).toMatchObject({ items: 3, picked: 3, notPicked: 0 });
    expect(jobs).toEqual([
      { kind: 'edition', editionId: id('nl'), subscriberIds: [reader(1, 'nl').id, reader(2, 'nl').id] },
      { kind: 'edition', editionId: id('en'), subscriberIds: [reader(3, 'en').id] },
    ]);
  });

  test('readers whose different zones come due at the same instant share an edition', async () => {
    const kyiv = reader(2, 'nl', { preferences: { locale: 'nl', cadence: 'daily', zone: 'Europe/Kyiv', hour: 8 } });
    await subscribeAll(reader(1, 'nl'), kyiv);
    const { editions } = await publish(deps, { at, withinHours: 3 });
    expect(editions).toMatchObject([{ id: id('nl'), audience: 2 }]);
  });

  test('says `already` the second time and hands over nothing', async () => {
    await subscribeAll(reader(1, 'nl'));
    await publish(deps, { at, withinHours: 3 });
    jobs.length = 0;
    const again = await publish(deps, { at: '2026-11-23T07:00:00.000Z', withinHours: 3 });
    expect(again.editions).toMatchObject([{ id: id('nl'), outcome: 'already', audience: 1 }]);
    expect(jobs).toEqual([]);
  });

  test('lists no reader again once the audience is frozen, and lets nobody join', async () => {
    await subscribeAll(reader(1, 'nl'));
    await publish(deps, { at, withinHours: 3 });
    await subscribeAll(reader(2, 'nl'), reader(3, 'en'));
    let lists = 0;
    const dueReaders: typeof stores.subscribers.dueReaders = (...args) => {
      lists += 1;
      return stores.subscribers.dueReaders(...args);
    };
    const again = await publish(
      { ...deps, subscribers: { ...stores.subscribers, dueReaders } },
      { at, withinHours: 3 },
    );
    expect(again).toMatchObject({ editions: [{ id: id('nl'), outcome: 'already', audience: 1 }], items: 3, picked: 3 });
    expect(lists).toBe(0);
    expect((await stores.deliveries.page(id('nl'))).items).toHaveLength(1);
  });

  test('five at the same time and one late make one edition with one content', async () => {
    await subscribeAll(reader(1, 'nl'), reader(2, 'nl'));
    await Promise.all(Array.from({ length: 5 }, () => publish(deps, { at, withinHours: 3 })));
    const first = await stores.editions.get(id('nl'));
    await stores.feeds.putItem(item(9, '2026-11-23T05:59:00.000Z'));
    await publish({ ...deps, clock: () => new Date('2026-11-23T06:25:00.000Z') }, { at, withinHours: 3 });
    expect(await stores.editions.get(id('nl'))).toEqual(first);
    expect((await stores.editions.list(10)).items).toHaveLength(1);
    expect(first).toMatchObject({ status: 'planned', audience: 2 });
  });

  test('leaves alone what came due longer ago than asked', async () => {
    await subscribeAll(reader(1, 'nl'));
    const { editions } = await publish(deps, { at: '2026-11-23T10:00:00.000Z', withinHours: 3 });
    expect(editions).toEqual([]);
  });

  test('resumes an edition that was composed and no further, with its content as it was', async () => {
    await subscribeAll(reader(1, 'nl'));
    const broken = { ...stores.deliveries, plan: () => Promise.reject(new Error('down')) };
    await expect(publish({ ...deps, deliveries: broken }, { at, withinHours: 3 })).rejects.toThrow('down');
    const composed = await stores.editions.get(id('nl'));
    await stores.feeds.putItem(item(9, '2026-11-23T05:59:00.000Z'));
    const { editions } = await publish(deps, { at, withinHours: 3 });
    expect(editions).toMatchObject([{ id: id('nl'), outcome: 'resumed', audience: 1 }]);
    expect((await stores.editions.get(id('nl')))?.edition).toEqual(composed?.edition);
    expect(jobs).toHaveLength(1);
  });

  test('mails the others when some editions cannot be composed, then fails, and finishes when repeated', async () => {
    const at5 = { locale: 'nl', cadence: 'daily', zone: 'UTC', hour: 5 } as const;
    const at4 = { ...at5, hour: 4 };
    await subscribeAll(reader(1, 'nl', { preferences: at4 }), reader(2, 'nl', { preferences: at5 }), reader(3, 'en'));
    const create: typeof stores.editions.create = async (edition, message) => {
      if (edition.variant === 'nl') throw new Error('too large');
      return stores.editions.create(edition, message);
    };
    const lines: string[] = [];
    const log = createLogger((line) => lines.push(line));
    const poisoned = { ...deps, log, editions: { ...stores.editions, create } };
    await expect(publish(poisoned, { at, withinHours: 3 })).rejects.toThrow('2 failed: Error: too large');
    expect(jobs).toEqual([{ kind: 'edition', editionId: id('en'), subscriberIds: [reader(3, 'en').id] }]);
    expect(lines.filter((line) => line.includes('editions not published'))).toHaveLength(2);
    const { editions } = await publish(deps, { at, withinHours: 3 });
    expect(editions).toHaveLength(3);
    expect([editions[0]?.outcome, editions[2]?.outcome]).toEqual(['published', 'already']);
  });

  test('one language that cannot be made holds back no other of its hour, and is made up for when it can', async () => {
    await subscribeAll(reader(1, 'nl'), reader(2, 'nl'), reader(3, 'en'));
    const create: typeof stores.editions.create = async (edition, message) => {
      if (edition.variant === 'nl') throw new Error('too large');
      return stores.editions.create(edition, message);
    };
    const poisoned = { ...deps, editions: { ...stores.editions, create } };
    for (const _ of [1, 2]) await expect(publish(poisoned, { at, withinHours: 3 })).rejects.toThrow('too large');
    expect(jobs).toEqual([{ kind: 'edition', editionId: id('en'), subscriberIds: [reader(3, 'en').id] }]);

    const mended = await publish(deps, { at, withinHours: 3 });
    expect(mended.editions).toMatchObject([
      { id: id('nl'), outcome: 'published', audience: 2 },
      { id: id('en'), outcome: 'already', audience: 1 },
    ]);
    let listed = 0;
    const dueReaders: typeof stores.subscribers.dueReaders = (...args) => {
      listed += 1;
      return stores.subscribers.dueReaders(...args);
    };
    const again = { ...deps, subscribers: { ...stores.subscribers, dueReaders } };
    expect((await publish(again, { at, withinHours: 3 })).editions).toMatchObject([
      { outcome: 'already' },
      { outcome: 'already' },
    ]);
    expect(listed).toBe(0);
    expect(jobs).toHaveLength(2);
  });

  test('a page of readers that could not be planned keeps their edition open, and no reader is left out', async () => {
    await subscribeAll(reader(1, 'nl'), reader(2, 'en'));
    let times = 0;
    const plan: typeof stores.deliveries.plan = (editionId, ...rest) => {
      if (editionId === id('nl') && times++ === 0) throw new Error('down');
      return stores.deliveries.plan(editionId, ...rest);
    };
    const flaky = { ...deps, deliveries: { ...stores.deliveries, plan } };
    await expect(publish(flaky, { at, withinHours: 3 })).rejects.toThrow('down');
    expect((await stores.editions.get(id('nl')))?.status).toBe('composed');
    await publish(flaky, { at, withinHours: 3 });
    expect(jobs.map((job) => job.kind === 'edition' && job.subscriberIds)).toEqual([
      [reader(2, 'en').id],
      [reader(1, 'nl').id],
    ]);
  });

  const none = { ...pickAll, decide: () => ({ ...pickAll.decide(), picked: false, score: 0 }) };
  const source = { url: 'https://a.example/f', title: 'A' };
  const lastSuccess = '2026-11-23T05:00:00.000Z';
  const readOnce = () => stores.feeds.putState({ url: source.url, nextFetch: at, failures: 0, lastSuccess });
  const wanting = (n: number) => {
    const plain = reader(n, 'nl');
    return { ...plain, preferences: { ...plain.preferences, quietDays: 'mail' as const } };
  };

  test('mails those who want to be told of a day without news, once', async () => {
    await readOnce();
    await subscribeAll(reader(1, 'nl'), wanting(2), reader(3, 'en'));
    const silentDay = { ...deps, selector: none, sources: [source] };
    const first = await publish(silentDay, { at, withinHours: 3 });
    const again = await publish(silentDay, { at, withinHours: 3 });
    for (const { editions } of [first, again])
      expect(editions).toMatchObject([
        { id: id('nl'), outcome: 'quiet', audience: 1 },
        { id: id('en'), outcome: 'quiet', audience: 0 },
      ]);
    expect(jobs).toEqual([{ kind: 'edition', editionId: id('nl'), subscriberIds: [wanting(2).id] }]);
    expect((await stores.editions.get(id('nl')))?.message.subject).toMatch(/^Rustige dag/);
  });

  test('never calls a day quiet on which no feed could be read', async () => {
    await subscribeAll(reader(1, 'nl'), wanting(2));
    const blind = { ...deps, selector: none, sources: [source] };
    const first = await publish(blind, { at, withinHours: 3 });
    const again = await publish(blind, { at, withinHours: 3 });
    for (const { editions } of [first, again]) expect(editions).toMatchObject([{ outcome: 'outage', audience: 1 }]);
    const message = (await stores.editions.get(id('nl')))?.message;
    expect(message?.subject).toMatch(/feeds waren onbereikbaar/);
    expect(JSON.stringify(message)).not.toMatch(/Rustige dag/);
  });

  test('tells after an outage what the edition before could not', async () => {
    await subscribeAll(reader(1, 'nl'));
    const tomorrow = '2026-11-24T06:05:00.000Z';
    const old = item(9, '2026-11-22T12:00:00.000Z');
    await publish({ ...deps, selector: none, sources: [source] }, { at, withinHours: 3 });
    await stores.feeds.putItem(old);
    await publish({ ...deps, clock: () => new Date(tomorrow) }, { at: tomorrow, withinHours: 3 });
    const next = await stores.editions.get('war-daily-nl-20261124T0600Z');
    const told = next ? storiesOf(next.edition).flatMap(({ items }) => items.map((one) => one.item.key)) : [];
    expect(told).toContain(old.key);
  });

  test('records a day without news and mails nobody who did not ask for that', async () => {
    await readOnce();
    await subscribeAll(reader(1, 'nl'));
    const silentDay = { ...deps, selector: none, sources: [source] };
    const first = await publish(silentDay, { at, withinHours: 3 });
    const again = await publish(silentDay, { at, withinHours: 3 });
    expect(first.editions).toMatchObject([{ outcome: 'quiet', audience: 0 }]);
    expect(again.editions).toMatchObject([{ outcome: 'quiet' }]);
    expect(first).toMatchObject({ items: 3, picked: 0, notPicked: 3 });
    expect((await stores.editions.get(id('nl')))?.status).toBe('closed');
    expect(jobs).toEqual([]);
  });

  test('hands over at most 50 readers a job, all of them, from pages that may be empty', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => reader(n, 'nl'));
    const pages = [ids.slice(0, 70), [], ids.slice(70)];
    const dueReaders = async (_appointment: unknown, cursor = '0') => {
      const next = Number(cursor) + 1;
      return { items: pages[Number(cursor)] ?? [], ...(next < pages.length && { next: String(next) }) };
    };
    const subscribers = { appointments: async () => [ids[0]?.preferences ?? reader(0, 'nl').preferences], dueReaders };
    const { editions } = await publish({ ...deps, subscribers }, { at, withinHours: 3 });
    expect(editions).toMatchObject([{ audience: 120 }]);
    const sizes = jobs.map((job) => (job.kind === 'edition' ? job.subscriberIds.length : 0));
    expect(sizes).toEqual([50, 50, 20]);
    expect(new Set(jobs.flatMap((job) => (job.kind === 'edition' ? job.subscriberIds : []))).size).toBe(120);
  });

  test('names publishers that have been silent for half a day', async () => {
    await subscribeAll(reader(1, 'nl'));
    const sources = [
      { url: 'https://a.example/f', title: 'A' },
      { url: 'https://b.example/f', title: 'B' },
    ];
    const state = { url: 'https://a.example/f', nextFetch: at, failures: 0, lastSuccess: '2026-11-23T05:00:00.000Z' };
    await stores.feeds.putState(state);
    await publish({ ...deps, sources }, { at, withinHours: 3 });
    const record = await stores.editions.get(id('nl'));
    expect(record?.edition.health).toEqual({ total: 2, healthy: 1, silent: ['B'] });
  });
});
