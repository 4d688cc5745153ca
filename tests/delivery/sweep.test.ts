import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryStatus, Job } from '../../lib/delivery/model.ts';
import { publish } from '../../lib/delivery/publish.ts';
import { type SweepDeps, sweep } from '../../lib/delivery/sweep.ts';
import { createLogger } from '../../lib/log.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { config, item, pickAll, reader, site } from '../support/newsroom.ts';

const start = '2026-11-23T06:05:00.000Z';
const editionId = 'war-daily-nl-20261123T0600Z';
const ids = [1, 2, 3, 4].map((n) => reader(n, 'nl').id);
const [one = '', two = '', three = '', four = ''] = ids;

let stores: ReturnType<typeof openSqlite>;
let jobs: Job[];
let log: string[];
let deps: SweepDeps;

beforeEach(async () => {
  stores = openSqlite(':memory:');
  [jobs, log] = [[], []];
  const enqueue = async (more: readonly Job[]) => {
    jobs.push(...more);
    return [];
  };
  const logger = createLogger((line) => log.push(line));
  const clock = () => new Date(start);
  deps = { ...stores, queue: { enqueue }, clock, log: logger };
  await stores.feeds.putItem(item(1, '2026-11-23T04:00:00.000Z'));
  for (const n of [1, 2, 3, 4]) await stores.subscribers.put(reader(n, 'nl'), 0);
  const publishing = { ...deps, ...stores, site, config, sources: [], selector: pickAll };
  await publish({ ...publishing, versions: { config: 'c', code: '1' } }, { at: start, withinHours: 3 });
  jobs.length = 0;
});
afterEach(() => stores.close());

const minutes = (n: number) => new Date(Date.parse(start) + n * 60_000).toISOString();
const row = (id: string) => stores.deliveries.get(editionId, id);
const status = async () => (await stores.editions.get(editionId))?.status;

async function bring(id: string, to: DeliveryStatus, when = start, more: { seen?: true; attempt?: string } = {}) {
  const { attempt: attemptId = `w-${id}`, ...facts } = more;
  const same = { editionId, subscriberId: id, attemptId };
  await stores.deliveries.claim(editionId, id, attemptId, when);
  if (to !== 'sending') await stores.deliveries.settle({ ...same, from: ['sending'], to, now: when, ...facts });
}

describe('planned rows', () => {
  test('are handed over again when nothing has moved for 15 minutes', async () => {
    expect(await sweep(deps, { now: minutes(14) })).toMatchObject({ requeued: 0 });
    expect(await sweep(deps, { now: minutes(15) })).toMatchObject({ editions: 1, requeued: 4 });
    expect(jobs).toEqual([{ kind: 'edition', editionId, subscriberIds: ids }]);
  });

  test('are left to the queue while it gets on', async () => {
    await bring(one, 'sent', minutes(20));
    expect(await sweep(deps, { now: minutes(30) })).toMatchObject({ requeued: 0 });
  });

  test('wait an hour after SES had stopped everything', async () => {
    await stores.deliveries.claim(editionId, one, 'w-1', start);
    const stopped = { editionId, subscriberId: one, from: ['sending'], to: 'planned', reason: 'quota' } as const;
    await stores.deliveries.settle({ ...stopped, now: minutes(1) });
    expect(await sweep(deps, { now: minutes(59) })).toMatchObject({ requeued: 0 });
    expect(await sweep(deps, { now: minutes(61) })).toMatchObject({ requeued: 4 });
  });

  test('expire when their time is over, and the edition closes', async () => {
    await bring(one, 'sent', start, { seen: true });
    expect(await sweep(deps, { now: '2026-11-23T10:00:00.001Z' })).toMatchObject({
      expired: 3,
      requeued: 0,
      closed: 1,
    });
    expect(jobs).toEqual([]);
    expect(await sweep(deps, { now: '2026-11-23T10:05:00.000Z' })).toMatchObject({ editions: 0 });
  });
});

describe('a send that nobody finishes', () => {
  test('becomes uncertain after its lease, and never planned', async () => {
    await bring(one, 'sending');
    expect(await sweep(deps, { now: minutes(14) })).toMatchObject({ uncertain: 0 });
    expect(await sweep(deps, { now: minutes(15) })).toMatchObject({ uncertain: 1 });
    expect(await row(one)).toMatchObject({ status: 'uncertain', attemptId: `w-${one}` });
  });
});

describe('an uncertain mail', () => {
  const others = async (seen: boolean[]) => {
    for (const [index, each] of [two, three, four].entries())
      await bring(each, 'sent', minutes(index), seen[index] ? { seen: true } : {});
  };
  beforeEach(() => bring(one, 'uncertain'));

  test('is sent once more when its event is overdue and those of the others came', async () => {
    await others([true, true, true]);
    expect(await sweep(deps, { now: minutes(14) })).toMatchObject({ resent: 0 });
    expect(await sweep(deps, { now: minutes(30) })).toMatchObject({ resent: 1, requeued: 1 });
    expect(await row(one)).toMatchObject({ status: 'planned', resent: true });
    expect(jobs).toEqual([{ kind: 'edition', editionId, subscriberIds: [one] }]);
  });

  test('is not sent a third time', async () => {
    await others([true, true, true]);
    await sweep(deps, { now: minutes(30) });
    await bring(one, 'uncertain', minutes(31), { attempt: 'w-second' });
    expect(await sweep(deps, { now: minutes(90) })).toMatchObject({ resent: 0, requeued: 0 });
    expect((await row(one))?.status).toBe('uncertain');
  });

  test.each([
    ['no event came at all', [false, false, false]],
    ['the events stopped', [true, true, false]],
    ['too many events are missing', [false, true, true]],
  ])('stays for the operator when %s', async (_name, seen) => {
    await others(seen);
    expect(await sweep(deps, { now: minutes(60) })).toMatchObject({ resent: 0, requeued: 0, closed: 0 });
    expect((await row(one))?.status).toBe('uncertain');
    expect(log.filter((line) => line.includes('nobody knows'))).toHaveLength(1);
  });

  test('stays for the operator when the policy is at most once', async () => {
    await others([true, true, true]);
    expect(await sweep({ ...deps, policy: 'at-most-once' }, { now: minutes(60) })).toMatchObject({ resent: 0 });
  });

  test('is not sent once more after the edition has had its time', async () => {
    await others([true, true, true]);
    expect(await sweep(deps, { now: '2026-11-23T10:00:00.001Z' })).toMatchObject({ resent: 0, closed: 1 });
    expect((await row(one))?.status).toBe('uncertain');
  });
});

describe('an edition', () => {
  test('closes when every reader is settled, and not before', async () => {
    for (const each of [one, two, three]) await bring(each, 'sent');
    expect(await sweep(deps, { now: minutes(5) })).toMatchObject({ closed: 0 });
    expect(await status()).toBe('planned');
    await bring(four, 'rejected');
    expect(await sweep(deps, { now: minutes(6) })).toMatchObject({ closed: 1 });
    expect(await status()).toBe('closed');
  });

  test('that cannot be read keeps no other from being swept', async () => {
    const record = await stores.editions.get(editionId);
    if (!record) throw new Error('no edition');
    const broken = { ...record.edition, id: 'war-daily-zz-20261123T0700Z', dueAt: '2026-11-23T07:00:00.000Z' };
    await stores.editions.create(broken, record.message);
    const get: typeof stores.editions.get = async (id) => {
      if (id === broken.id) throw new Error('unreadable');
      return stores.editions.get(id);
    };
    const poisoned = { ...deps, editions: { ...stores.editions, get } };
    await expect(sweep(poisoned, { now: minutes(15) })).rejects.toThrow('unreadable');
    expect(jobs).toEqual([{ kind: 'edition', editionId, subscriberIds: ids }]);
    expect(log.filter((line) => line.includes('edition not swept'))).toHaveLength(1);
  });

  test('that never left is said so', async () => {
    const record = await stores.editions.get(editionId);
    if (!record) throw new Error('no edition');
    const lost = { ...record.edition, id: 'war-daily-en-20261123T0600Z', variant: 'en' as const };
    await stores.editions.create(lost, record.message);
    await stores.deliveries.plan(lost.id, [one], start);
    expect(await sweep(deps, { now: '2026-11-23T10:00:00.001Z' })).toMatchObject({ closed: 2, expired: 5 });
    expect(log.filter((line) => line.includes('never left'))).toHaveLength(1);
  });
});
