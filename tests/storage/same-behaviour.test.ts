import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeliveryStatus } from '../../lib/delivery/model.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import type { SubscriberStatus } from '../../lib/subscriptions/model.ts';
import { everything, later, subscriber } from '../contract/samples.ts';
import { type Dynalite, startDynalite } from '../support/dynalite.ts';

/** Enough for every run of the tests; 1,000 of each were run when the adapters were written. */
const RUNS = 15;

type Operation = (stores: Stores) => Promise<unknown>;

const EDITIONS = ['e1', 'e2'];
/** Two of them lie in one partition. */
const READERS = ['aa1', 'aa2', 'bb1'];
const DELIVERY: DeliveryStatus[] = ['planned', 'sending', 'sent', 'rejected', 'uncertain', 'suppressed', 'expired'];
const READER: SubscriberStatus[] = ['pending', 'active', 'paused', 'unsubscribed', 'suppressed'];
const APPOINTMENTS = [7, 8].map((hour) => ({ cadence: 'daily', zone: 'Europe/Kyiv', hour }) as const);

const editionId = fc.constantFrom(...EDITIONS);
const subscriberId = fc.constantFrom(...READERS);
const attemptId = fc.constantFrom('a1', 'a2');
const now = fc.nat(1e6).map(later);
const text = fc.string({ unit: 'binary', maxLength: 40 });

/** Who is in two plans is planned since the earlier: which that is, is not for the order of writing to decide. */
const plan: fc.Arbitrary<Operation> = fc.tuple(editionId, fc.array(subscriberId)).map(
  ([edition, readers]) =>
    (stores) =>
      stores.deliveries.plan(edition, readers, later(0)),
);
const claim: fc.Arbitrary<Operation> = fc
  .tuple(editionId, subscriberId, attemptId, now)
  .map((args) => (stores) => stores.deliveries.claim(...args));
const settlement = fc.record(
  {
    editionId,
    subscriberId,
    from: fc.subarray(DELIVERY),
    to: fc.constantFrom(...DELIVERY),
    now,
    attemptId,
    messageId: text,
    reason: text,
    seen: fc.constant<true>(true),
    resent: fc.constant<true>(true),
  },
  { requiredKeys: ['editionId', 'subscriberId', 'from', 'to', 'now'] },
);
const settle: fc.Arbitrary<Operation> = settlement.map((change) => (stores) => stores.deliveries.settle(change));
const read: fc.Arbitrary<Operation> = fc
  .tuple(editionId, subscriberId)
  .map((args) => (stores) => stores.deliveries.get(...args));

const reader = fc.record({
  id: subscriberId,
  status: fc.constantFrom(...READER),
  email: text,
  hour: fc.constantFrom(7, 8),
  expected: fc.nat(3),
});
const put: fc.Arbitrary<Operation> = reader.map(({ id, status, email, hour, expected }) => (stores) => {
  const preferences = { locale: 'uk', cadence: 'daily', zone: 'Europe/Kyiv', hour } as const;
  return stores.subscribers.put(subscriber({ id, status, email, preferences, version: expected + 1 }), expected);
});
const get: fc.Arbitrary<Operation> = subscriberId.map((id) => (stores) => stores.subscribers.get(id));
const remove: fc.Arbitrary<Operation> = subscriberId.map((id) => (stores) => stores.subscribers.remove(id));
const limit = fc.record({ max: fc.nat(3), seconds: fc.integer({ min: 1, max: 99 }) });
/** Takes of two keys, each with limits of its own. */
const takes: fc.Arbitrary<Operation[]> = fc.tuple(fc.array(limit), fc.array(limit)).chain((limits) => {
  const take = fc.tuple(fc.constantFrom(0, 1), fc.nat(300)).map(
    ([key, at]): Operation =>
      (stores) =>
        stores.limits.take(`k${key}`, limits[key] ?? [], later(at)),
  );
  return fc.array(take, { maxLength: 30 });
});

const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(sortKeys(row))).sort();

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}

/** What can be seen of the stores from outside. */
async function view({ deliveries, subscribers }: Stores): Promise<unknown> {
  const rows = EDITIONS.map((id) => everything((cursor) => deliveries.page(id, cursor)));
  const due = APPOINTMENTS.map((appointment) => everything((cursor) => subscribers.dueReaders(appointment, cursor)));
  const readers = everything((cursor) => subscribers.list(cursor));
  return (await Promise.all([...rows, ...due, readers])).map(sorted);
}

/** Appointments may be more than readers have, never fewer. */
async function forgotten({ subscribers }: Stores): Promise<readonly number[]> {
  const known = new Set((await subscribers.appointments()).map(({ hour }) => hour));
  const readers = await everything((cursor) => subscribers.list(cursor));
  const met = readers.filter(({ status }) => status === 'active' || status === 'paused');
  return met.map(({ preferences }) => preferences.hour).filter((hour) => !known.has(hour));
}

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

describe('SQLite and DynamoDB answer the same', { timeout: 60_000 }, () => {
  const sequences = {
    'to any sequence of ledger operations': fc.array(fc.oneof(plan, claim, settle, settle, read), { maxLength: 30 }),
    'to any sequence of reader operations': fc.array(fc.oneof(put, put, get, remove), { maxLength: 30 }),
    'to any sequence of limit operations': takes,
  };
  for (const [name, operations] of Object.entries(sequences)) {
    test(name, async () => {
      await fc.assert(
        fc.asyncProperty(operations, async (steps) => {
          const { close, ...sqlite } = openSqlite(':memory:');
          const dynamodb = await dynalite.open();
          for (const step of steps) expect(await step(dynamodb)).toEqual(await step(sqlite));
          expect(await view(dynamodb)).toEqual(await view(sqlite));
          expect([...(await forgotten(sqlite)), ...(await forgotten(dynamodb))]).toEqual([]);
          close();
        }),
        { numRuns: RUNS },
      );
    });
  }
});
