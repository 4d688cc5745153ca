import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FeedbackDeps, recordEvent } from '../../lib/delivery/feedback.ts';
import type { DeliveryStatus, MailEvent } from '../../lib/delivery/model.ts';
import { silent } from '../../lib/log.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';

const at = '2026-11-23T06:05:00.000Z';
const later = '2026-11-23T06:06:00.000Z';
const same = { editionId: 'war-daily-nl-20261123T0600Z', subscriberId: 'a'.repeat(32), attemptId: 'w-attempt' };
const event = (type: MailEvent['type'], change: Partial<MailEvent> = {}): MailEvent => ({
  ...{ ...same, type, messageId: 'message-1', at: later },
  ...(type === 'bounce' && { permanent: true }),
  ...change,
});

let stores: ReturnType<typeof openSqlite>;
let suppressed: [string, string][];
let deps: FeedbackDeps;

beforeEach(() => {
  stores = openSqlite(':memory:');
  suppressed = [];
  const suppress = async (id: string, reason: string) => {
    suppressed.push([id, reason]);
  };
  deps = { ...stores, suppress, clock: () => new Date(later), log: silent };
});
afterEach(() => stores.close());

async function rowIn(status: DeliveryStatus, attemptId = same.attemptId): Promise<void> {
  await stores.deliveries.plan(same.editionId, [same.subscriberId], at);
  if (status === 'planned') return;
  await stores.deliveries.claim(same.editionId, same.subscriberId, attemptId, at);
  if (status !== 'sending')
    await stores.deliveries.settle({ ...same, attemptId, from: ['sending'], to: status, now: at });
}

const row = () => stores.deliveries.get(same.editionId, same.subscriberId);

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length < 2) return [[...of]];
  return of.flatMap((head, index) => permutations(of.toSpliced(index, 1)).map((rest) => [head, ...rest]));
}

describe('an event', () => {
  test.each<DeliveryStatus>(['sending', 'uncertain'])(
    'settles a mail in `%s` that SES had accepted',
    async (status) => {
      await rowIn(status);
      await recordEvent(deps, event('send'));
      expect(await row()).toMatchObject({ status: 'sent', messageId: 'message-1', seen: true });
    },
  );

  test('that waits for a second attempt settles the first', async () => {
    await rowIn('uncertain');
    await stores.deliveries.settle({ ...same, from: ['uncertain'], to: 'planned', resent: true, now: at });
    await recordEvent(deps, event('delivery'));
    expect((await row())?.status).toBe('sent');
  });

  test('in any of 120 orders, and each twice, leads to the same', async () => {
    const events = (['send', 'delivery', 'delay', 'bounce', 'complaint'] as const).map((type) => event(type));
    const ends = new Set<string>();
    for (const order of permutations(events)) {
      const fresh = openSqlite(':memory:');
      await fresh.deliveries.plan(same.editionId, [same.subscriberId], at);
      await fresh.deliveries.claim(same.editionId, same.subscriberId, same.attemptId, at);
      for (const each of order.flatMap((one) => [one, one]))
        await recordEvent({ ...deps, deliveries: fresh.deliveries }, each);
      ends.add(JSON.stringify(await fresh.deliveries.get(same.editionId, same.subscriberId)));
      fresh.close();
    }
    expect([...ends].map((end) => JSON.parse(end))).toEqual([
      { ...same, status: 'sent', messageId: 'message-1', seen: true, reason: 'complaint', at: later },
    ]);
  });

  test.each<MailEvent['type']>(['reject', 'rendering-failure'])('%s outweighs that SES had accepted', async (type) => {
    await rowIn('sending');
    for (const each of ['send', type, 'send', 'delivery'] as const) await recordEvent(deps, event(each));
    expect(await row()).toMatchObject({ status: 'rejected', reason: type });
  });

  test('writes nothing when it tells nothing new', async () => {
    await rowIn('sent', 'a-attempt');
    let writes = 0;
    const settle: typeof stores.deliveries.settle = (change) => {
      writes += 1;
      return stores.deliveries.settle(change);
    };
    for (const type of ['send', 'delivery', 'delay'] as const)
      await recordEvent(
        { ...deps, deliveries: { ...stores.deliveries, settle } },
        event(type, { attemptId: 'a-attempt' }),
      );
    expect(writes).toBe(0);
  });

  test('of a witness is written down once', async () => {
    await rowIn('sent');
    await recordEvent(deps, event('send'));
    expect(await row()).toMatchObject({ status: 'sent', seen: true, at });
  });

  test('finds its row moved by somebody else and looks again', async () => {
    await rowIn('sending');
    let raced = false;
    const settle: typeof stores.deliveries.settle = async (change) => {
      if (!raced) await stores.deliveries.settle({ ...same, from: ['sending'], to: 'uncertain', now: at });
      raced = true;
      return stores.deliveries.settle(change);
    };
    await recordEvent({ ...deps, deliveries: { ...stores.deliveries, settle } }, event('send'));
    expect((await row())?.status).toBe('sent');
  });
});

describe('a reader', () => {
  test.each<[MailEvent['type'], Partial<MailEvent>, [string, string][]]>([
    ['bounce', { permanent: true }, [[same.subscriberId, 'bounce']]],
    ['bounce', { permanent: false }, []],
    ['complaint', {}, [[same.subscriberId, 'complaint']]],
    ['delivery', {}, []],
    ['delay', {}, []],
  ])('after %s %j is suppressed: %j', async (type, change, expected) => {
    await rowIn('sent');
    await recordEvent(deps, event(type, change));
    expect(suppressed).toEqual(expected);
  });

  test.each<[MailEvent['type'], DeliveryStatus]>([
    ['complaint', 'sent'],
    ['bounce', 'sent'],
    ['complaint', 'suppressed'],
  ])('is suppressed by a %s about the first copy of a mail whose second is %s', async (type, status) => {
    await rowIn('uncertain');
    await stores.deliveries.settle({ ...same, from: ['uncertain'], to: 'planned', resent: true, now: at });
    await rowIn(status, 'w-second');
    const before = await row();
    await recordEvent(deps, event(type));
    expect(suppressed).toEqual([[same.subscriberId, type]]);
    expect(await row()).toEqual(before);
  });

  test('is suppressed before the event counts as done', async () => {
    await rowIn('sent');
    const failing = { ...deps, suppress: () => Promise.reject(new Error('store down')) };
    await expect(recordEvent(failing, event('complaint'))).rejects.toThrow('store down');
    expect((await row())?.reason).toBeUndefined();
  });
});

test.each<[string, Partial<MailEvent>]>([
  ['an unknown edition', { editionId: 'war-daily-nl-20200101T0000Z' }],
  ['an unknown reader', { subscriberId: 'b'.repeat(32) }],
])('a complaint about %s changes nothing', async (_name, change) => {
  await rowIn('sent');
  const before = await row();
  await recordEvent(deps, event('complaint', change));
  expect(await row()).toEqual(before);
  expect(suppressed).toEqual([]);
});

test('an event about an earlier attempt says nothing about the latest', async () => {
  await rowIn('uncertain', 'w-second');
  const before = await row();
  for (const type of ['send', 'delivery', 'reject'] as const) await recordEvent(deps, event(type));
  expect(await row()).toEqual(before);
  expect(suppressed).toEqual([]);
});

test('a complaint about a mail that never left changes nothing', async () => {
  await rowIn('suppressed');
  await recordEvent(deps, event('complaint'));
  expect((await row())?.status).toBe('suppressed');
  expect(suppressed).toEqual([]);
});
