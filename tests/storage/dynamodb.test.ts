import { createHash } from 'node:crypto';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { TABLE } from '../../lib/storage/dynamodb/schema.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import {
  edition,
  everything,
  hexId,
  item,
  largeEdition,
  later,
  many,
  message,
  NOW,
  subscriber,
} from '../contract/samples.ts';
import { storesContract } from '../contract/stores.ts';
import { type Dynalite, loopbackClient, startDynalite } from '../support/dynalite.ts';
import { type LossyProxy, startLossyProxy } from '../support/lossy-proxy.ts';
import { meter } from '../support/metered.ts';

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

describe('DynamoDB', { timeout: 60_000 }, () => {
  storesContract(() => dynalite.open());
});

/** Stores in a table of their own, with a client of their own whose requests are counted. */
async function metered() {
  const client = loopbackClient(dynalite.endpoint);
  const counts = meter(client);
  const table = await dynalite.createTable();
  const rows = async () => (await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }))).Items ?? [];
  return { ...dynamoStores(client, table), counts, client, table, rows, [Symbol.dispose]: () => client.destroy() };
}

/** So many ids of readers as an index lists them: keyed hashes, in order. */
function hashes(count: number): string[] {
  const hash = (number: number) => createHash('sha256').update(String(number)).digest('hex').slice(0, 32);
  return Array.from({ length: count }, (_, number) => hash(number)).sort();
}

describe('what DynamoDB is asked for', { timeout: 60_000 }, () => {
  test('a unit for some twenty readers planned, then two a delivery, and a listing for each partition', async () => {
    using stores = await metered();
    const readers = hashes(5000);
    for (let from = 0; from < readers.length; from += 500)
      await stores.deliveries.plan('e', readers.slice(from, from + 500), NOW);
    const written = [...stores.counts.writes.values()].reduce((sum, count) => sum + count);
    expect(written / readers.length).toBeLessThan(0.06);
    expect(stores.counts.units.get('PutItem') ?? 0).toBeLessThan(0.06 * readers.length);

    const { items } = await stores.deliveries.page('e');
    stores.counts.reset();
    for (const { editionId, subscriberId } of items) {
      const row = { editionId, subscriberId, attemptId: 'b'.repeat(32) };
      expect(await stores.deliveries.claim(editionId, subscriberId, row.attemptId, NOW)).toBe(true);
      await stores.deliveries.settle({ ...row, from: ['sending'], to: 'sent', messageId: 'c'.repeat(60), now: NOW });
    }
    const partitions = new Set(items.map(({ subscriberId }) => subscriberId.slice(0, 2))).size;
    const units = { PutItem: items.length, UpdateItem: items.length, Query: partitions };
    expect(Object.fromEntries(stores.counts.units)).toEqual(units);
  });

  test('no partition takes more than 1 % of the writes that an edition for 1,500 readers costs', async () => {
    using stores = await metered();
    const readers = hashes(1500);
    for (const half of [readers.slice(0, 750), readers.slice(750)]) await stores.deliveries.plan('e', half, NOW);
    for (const [number, subscriberId] of readers.entries()) {
      await stores.deliveries.claim('e', subscriberId, `a${number}`, NOW);
      await stores.deliveries.settle({ editionId: 'e', subscriberId, from: ['sending'], to: 'sent', now: NOW });
    }
    const writes = [...stores.counts.writes.values()];
    const all = writes.reduce((sum, count) => sum + count);
    expect(all).toBeLessThan(2.2 * readers.length);
    expect(Math.max(...writes)).toBeLessThanOrEqual(all / 100);
  });

  test('no write for an item that is known already', async () => {
    using stores = await metered();
    await stores.feeds.putItem(item());
    stores.counts.reset();
    await stores.feeds.putItem(item({ firstSeen: later(86_400) }));
    expect(Object.fromEntries(stores.counts.requests)).toEqual({ GetItem: 1 });
  });

  test('one write, without a read, for a limit', async () => {
    using stores = await metered();
    await stores.limits.take('key', [{ max: 3, seconds: 60 }], NOW);
    expect(Object.fromEntries(stores.counts.requests)).toEqual({ UpdateItem: 1 });
  });
});

describe('what lies in the table', () => {
  test('rows that may go say when, and no other rows do', async () => {
    using stores = await metered();
    await stores.feeds.putState({ url: 'https://feeds.example.org', nextFetch: NOW, failures: 0 });
    await stores.feeds.putItem(item());
    await stores.editions.create(edition(), message());
    await stores.subscribers.put(subscriber(), 0);
    await stores.deliveries.plan('letter-confirm-n', [hexId(1)], NOW);
    await stores.deliveries.claim('letter-confirm-n', hexId(1), 'a1', later(86_400));
    await stores.limits.take('key', [{ max: 3, seconds: 60 }], NOW);
    const days = (await stores.rows()).map((row) => [
      row.readers ? 'PLAN' : row.sk === 'LEDGER' ? 'PARTITIONS' : String(row.pk).split('#')[0],
      row[TABLE.ttl] === undefined ? 'stays' : (Number(row[TABLE.ttl]) - Date.parse(NOW) / 1000) / 86_400,
    ]);
    expect(Object.fromEntries(days)).toEqual({
      FEEDS: 'stays',
      ITEMS: 90,
      EDITION: 'stays',
      READERS: 'stays',
      APPOINTMENTS: 'stays',
      PLAN: 30,
      PARTITIONS: 76,
      LEDGER: 76,
      LIMIT: 1 + 60 / 86_400,
    });
  });

  test('an item that a feed lists for months lives on', async () => {
    using stores = await metered();
    for (const days of [0, 20, 40, 60, 80, 100]) {
      await stores.feeds.putItem(item({ firstSeen: later(days * 86_400) }));
    }
    const [row] = await stores.rows();
    expect((Number(row?.expires) - Date.parse(NOW) / 1000) / 86_400).toBe(170);
    expect(await stores.feeds.getItem(item().key)).toEqual(item());
  });

  test('no address is in a key or in an index', async () => {
    using stores = await metered();
    await stores.subscribers.put(subscriber(), 0);
    const listed = await stores.client.send(
      new ScanCommand({ TableName: stores.table, IndexName: TABLE.listing.name }),
    );
    expect(listed.Items).toHaveLength(1);
    expect(JSON.stringify(listed.Items)).not.toContain('@');
    const keys = (await stores.rows()).map(({ pk, sk }) => `${pk} ${sk}`);
    expect(keys.join()).not.toContain('@');
  });

  test('hits that no limit looks at any more go', async () => {
    using stores = await metered();
    for (let second = 0; second < 130; second += 1)
      await stores.limits.take('key', [{ max: 3, seconds: 1 }], later(second));
    const [row] = await stores.rows();
    expect(row?.hits.length).toBeLessThan(3 + 50);
    expect(row?.hits[0]).toBe(Date.parse(later(129)));
  });
});

describe('when the process dies between two writes', () => {
  /** Stores that share a table with `stores`, but die when they write a row that `fatal` names. */
  function dying(table: string, fatal: (pk: string, sk: string) => boolean) {
    const client = loopbackClient(dynalite.endpoint);
    client.middlewareStack.add(
      (next) => async (args) => {
        const { Item } = args.input as { Item?: { pk: string; sk: string } };
        if (Item && fatal(Item.pk, Item.sk)) throw new Error('killed');
        return next(args);
      },
      { step: 'initialize' },
    );
    return dynamoStores(client, table);
  }

  test('decisions that an older program stored can be changed, once', async () => {
    using table = await metered();
    const slot = 'war-daily-20261123T0600Z';
    const old = { pinned: [], hidden: ['a'] };
    await table.editions.saveEdits(slot, old);
    const [row] = await table.rows();
    const { state: _state, ...older } = row ?? {};
    await table.client.send(new PutCommand({ TableName: table.table, Item: older }));
    expect(await table.editions.saveEdits(slot, { pinned: [], hidden: ['b'] }, old)).toBe(true);
    expect(await table.editions.saveEdits(slot, { pinned: [], hidden: ['c'] }, old)).toBe(false);
  });

  test('an edition without its head is no edition, and can be made', async () => {
    using stores = await metered();
    const { editions } = dying(stores.table, (_, sk) => sk === 'HEAD');
    await expect(editions.create(largeEdition(), message())).rejects.toThrow('killed');
    expect(await stores.editions.get(edition().id)).toBeUndefined();
    expect(await stores.editions.list(5)).toEqual({ items: [] });
    expect(await stores.editions.create(edition(), message())).toBe(true);
    expect((await stores.editions.get(edition().id))?.edition).toEqual(edition());
  });

  test('no reader is without an appointment', async () => {
    using stores = await metered();
    const { subscribers } = dying(stores.table, (pk) => pk.startsWith('READERS'));
    await expect(subscribers.put(subscriber(), 0)).rejects.toThrow('killed');
    expect(await stores.subscribers.appointments()).toHaveLength(1);
    const other = dying(stores.table, (pk) => pk.startsWith('APPOINTMENTS')).subscribers;
    await expect(other.put(subscriber({ id: hexId(2) }), 0)).rejects.toThrow('killed');
    expect(await stores.subscribers.get(hexId(2))).toBeUndefined();
  });

  test('no planned reader is out of sight', async () => {
    using stores = await metered();
    const [one, two, three] = ['a1', 'b2', 'c3'];
    const { deliveries } = dying(stores.table, (pk) => pk.endsWith('#b2'));
    await expect(deliveries.plan('e', [one, two, three], NOW)).rejects.toThrow('killed');
    const planned = async () =>
      (await everything((cursor) => stores.deliveries.page('e', cursor))).map((row) => row.subscriberId);
    expect(await planned()).toEqual(expect.arrayContaining([one, three]));
    await stores.deliveries.plan('e', [one, two, three], NOW);
    expect((await planned()).sort()).toEqual([one, two, three]);
  });
});

describe('readers planned in chunks', () => {
  const [one, two, three] = ['ab1', 'ab2', 'ab3'];
  const PK = 'LEDGER#e#ab';

  test('an audience that changed while it was planned adds to the plan, and nobody counts twice', async () => {
    using stores = await metered();
    await stores.deliveries.plan('e', [one, two], NOW);
    await stores.deliveries.plan('e', [two, three], later(60));
    await stores.deliveries.plan('e', [one, two], later(90));
    expect((await stores.rows()).filter(({ pk }) => pk === PK)).toHaveLength(2);
    const { items } = await stores.deliveries.page('e');
    const seen = items.map(({ subscriberId, at }) => `${subscriberId} ${at}`).sort();
    expect(seen).toEqual([`${one} ${NOW}`, `${two} ${NOW}`, `${three} ${later(60)}`]);
  });

  test('a chunk is never written again, and a reader who was moved on stays so whatever is planned later', async () => {
    using stores = await metered();
    await stores.deliveries.plan('e', [one, two], NOW);
    const chunks = async () => (await stores.rows()).filter((row) => row.readers !== undefined);
    const before = await chunks();
    await stores.deliveries.claim('e', one, 'a1', NOW);
    for (const readers of [[two, one], [one], [one, two]]) await stores.deliveries.plan('e', readers, later(60));
    expect(await chunks()).toEqual(expect.arrayContaining(before));
    expect((await stores.deliveries.page('e')).items.map(({ status }) => status).sort()).toEqual([
      'planned',
      'sending',
    ]);
    expect(await stores.deliveries.claim('e', one, 'a2', later(61))).toBe(false);
    expect(await stores.deliveries.get('e', one)).toMatchObject({ status: 'sending', attemptId: 'a1' });
  });

  test('who was given back, and may be sent to a second time only, is so still when claimed again', async () => {
    using stores = await metered();
    await stores.deliveries.plan('e', [one], NOW);
    await stores.deliveries.claim('e', one, 'a1', NOW);
    const row = { editionId: 'e', subscriberId: one, now: later(1) } as const;
    await stores.deliveries.settle({ ...row, from: ['sending'], to: 'planned', resent: true });
    expect(await stores.deliveries.claim('e', one, 'a2', later(2))).toBe(true);
    expect(await stores.deliveries.get('e', one)).toMatchObject({ attemptId: 'a2', resent: true });
  });

  test('a reader planned while the listing of the plan is remembered is found', async () => {
    using stores = await metered();
    await stores.deliveries.plan('e', [one], NOW);
    expect(await stores.deliveries.claim('e', one, 'a1', NOW)).toBe(true);
    expect(await stores.deliveries.claim('e', two, 'a2', NOW)).toBe(false);
    using other = await metered();
    await dynamoStores(other.client, stores.table).deliveries.plan('e', [two], NOW);
    expect(await stores.deliveries.claim('e', two, 'a2', NOW)).toBe(true);
  });

  test('thousands of one partition are listed once each', async () => {
    using stores = await metered();
    const readers = Array.from({ length: 1700 }, (_, number) => `ab${number}`);
    await stores.deliveries.plan('e', readers, NOW);
    await many(300, (number) => stores.deliveries.claim('e', `ab${number}`, `a${number}`, NOW));
    const { items, next } = await stores.deliveries.page('e');
    expect(next).toBeUndefined();
    expect(items.map(({ subscriberId }) => subscriberId).sort()).toEqual(readers.toSorted());
    expect(items.filter(({ status }) => status === 'planned')).toHaveLength(1400);
  });
});

describe('when the answer to a write is lost and the client sends it again', () => {
  let proxy: LossyProxy;
  beforeAll(async () => {
    proxy = await startLossyProxy(dynalite.endpoint);
  });
  afterAll(() => proxy.close());

  async function lossy(patience?: { requestTimeout: number }) {
    const client = loopbackClient(proxy.endpoint, patience);
    const stores = dynamoStores(client, await dynalite.createTable());
    return { ...stores, [Symbol.dispose]: () => client.destroy() };
  }

  test.each(['PutItem', 'UpdateItem'])(
    'a claim that was won stays won, and one that was lost stays lost: %s',
    async (lost) => {
      using stores = await lossy();
      await stores.deliveries.plan('e', [hexId(1)], NOW);
      if (lost === 'UpdateItem') await giveBack(stores);
      proxy.lose(lost);
      expect(await stores.deliveries.claim('e', hexId(1), 'a1', NOW)).toBe(true);
      expect(await stores.deliveries.claim('e', hexId(1), 'a2', NOW)).toBe(false);
      expect(await stores.deliveries.get('e', hexId(1))).toMatchObject({ status: 'sending', attemptId: 'a1' });
    },
  );

  test.each(['PutItem', 'UpdateItem'])('a claim whose answer never comes is won all the same: %s', async (lost) => {
    using stores = await lossy({ requestTimeout: 100 });
    await stores.deliveries.plan('e', [hexId(1)], NOW);
    if (lost === 'UpdateItem') await giveBack(stores);
    proxy.withhold(lost);
    expect(await stores.deliveries.claim('e', hexId(1), 'a1', NOW)).toBe(true);
  });

  /** The reader has a row: was claimed before, and planned again. */
  async function giveBack({ deliveries }: Pick<Stores, 'deliveries'>) {
    await deliveries.claim('e', hexId(1), 'a0', NOW);
    await deliveries.settle({ editionId: 'e', subscriberId: hexId(1), from: ['sending'], to: 'planned', now: NOW });
  }

  test('a reader who was written counts as written, and one who was not does not', async () => {
    using stores = await lossy();
    proxy.lose('PutItem');
    expect(await stores.subscribers.put(subscriber(), 0)).toBe(true);
    expect(await stores.subscribers.put(subscriber({ email: 'other@example.org' }), 0)).toBe(false);
    expect(await stores.subscribers.put(subscriber({ version: 2 }), 1)).toBe(true);
  });
});
