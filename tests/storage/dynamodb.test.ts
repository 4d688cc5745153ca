import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { TABLE } from '../../lib/storage/dynamodb/schema.ts';
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

describe('what DynamoDB is asked for', { timeout: 60_000 }, () => {
  test('three write units a delivery and not one read, but a few for the whole page', async () => {
    using stores = await metered();
    const editionId = 'war-daily-nl-20261123T0600Z';
    await stores.deliveries.plan(
      editionId,
      Array.from({ length: 100 }, (_, number) => hexId(number)),
      NOW,
    );
    await many(100, async (number) => {
      const row = { editionId, subscriberId: hexId(number), attemptId: 'b'.repeat(32) };
      await stores.deliveries.claim(row.editionId, row.subscriberId, row.attemptId, NOW);
      await stores.deliveries.settle({ ...row, from: ['sending'], to: 'sent', messageId: 'c'.repeat(60), now: NOW });
    });
    expect(Object.fromEntries(stores.counts.units)).toEqual({ GetItem: 1, PutItem: 100, UpdateItem: 201 });
  });

  test('no partition takes more than 1 % of the writes that an edition for 1,500 readers costs', async () => {
    using stores = await metered();
    const readers = Array.from({ length: 1500 }, (_, number) => hexId(number));
    for (const half of [readers.slice(0, 750), readers.slice(750)]) await stores.deliveries.plan('e', half, NOW);
    const writes = [...stores.counts.writes.values()];
    expect(writes.reduce((sum, count) => sum + count)).toBe(1502);
    expect(Math.max(...writes)).toBeLessThanOrEqual(15);
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
    await stores.deliveries.plan('e', [hexId(1)], NOW);
    await stores.limits.take('key', [{ max: 3, seconds: 60 }], NOW);
    const days = (await stores.rows()).map((row) => [
      String(row.pk).split('#')[0],
      row[TABLE.ttl] === undefined ? 'stays' : (Number(row[TABLE.ttl]) - Date.parse(NOW) / 1000) / 86_400,
    ]);
    expect(Object.fromEntries(days)).toEqual({
      FEEDS: 'stays',
      ITEMS: 90,
      EDITION: 'stays',
      READERS: 'stays',
      APPOINTMENTS: 'stays',
      LEDGER: 120,
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

  test('no row of the ledger is out of sight', async () => {
    using stores = await metered();
    const { deliveries } = dying(stores.table, (_, sk) => sk === hexId(2));
    await expect(deliveries.plan('e', [hexId(1), hexId(2), hexId(3)], NOW)).rejects.toThrow('killed');
    const planned = async () =>
      (await everything((cursor) => stores.deliveries.page('e', cursor))).map((row) => row.subscriberId);
    expect(await planned()).toEqual(expect.arrayContaining([hexId(1), hexId(3)]));
    await stores.deliveries.plan('e', [hexId(1), hexId(2), hexId(3)], NOW);
    expect((await planned()).sort()).toEqual([hexId(1), hexId(2), hexId(3)].sort());
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

  test('a claim that was won stays won, and one that was lost stays lost', async () => {
    using stores = await lossy();
    await stores.deliveries.plan('e', [hexId(1)], NOW);
    proxy.lose('UpdateItem');
    expect(await stores.deliveries.claim('e', hexId(1), 'a1', NOW)).toBe(true);
    expect(await stores.deliveries.claim('e', hexId(1), 'a2', NOW)).toBe(false);
    expect(await stores.deliveries.get('e', hexId(1))).toMatchObject({ status: 'sending', attemptId: 'a1' });
  });

  test('a claim whose answer never comes is won all the same', async () => {
    using stores = await lossy({ requestTimeout: 100 });
    await stores.deliveries.plan('e', [hexId(1)], NOW);
    proxy.withhold('UpdateItem');
    expect(await stores.deliveries.claim('e', hexId(1), 'a1', NOW)).toBe(true);
  });

  test('a reader who was written counts as written, and one who was not does not', async () => {
    using stores = await lossy();
    proxy.lose('PutItem');
    expect(await stores.subscribers.put(subscriber(), 0)).toBe(true);
    expect(await stores.subscribers.put(subscriber({ email: 'other@example.org' }), 0)).toBe(false);
    expect(await stores.subscribers.put(subscriber({ version: 2 }), 1)).toBe(true);
  });
});
