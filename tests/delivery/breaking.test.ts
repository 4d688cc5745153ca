import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AlertDeps, publishAlerts, publishAll } from '../../lib/delivery/breaking.ts';
import { deliver } from '../../lib/delivery/deliver.ts';
import type { Job, OutgoingMail } from '../../lib/delivery/model.ts';
import { editionReport } from '../../lib/delivery/report.ts';
import { sweep } from '../../lib/delivery/sweep.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import type { Item } from '../../lib/feeds/model.ts';
import { silent } from '../../lib/log.ts';
import { replay } from '../../lib/rendering/replay.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import type { Preferences } from '../../lib/subscriptions/model.ts';
import { config, item, keys, pickAll, reader, site } from '../support/newsroom.ts';

const NOON = '2026-11-23T12:00:00.000Z';
const breaking = { families: 3, withinMinutes: 60, severity: 0.8, maxPerDay: 2, quietHours: { from: 22, to: 7 } };

let stores: ReturnType<typeof openSqlite>;
let jobs: Job[];
let mails: OutgoingMail[];
let now: string;
let deps: AlertDeps;

beforeEach(() => {
  stores = openSqlite(':memory:');
  [jobs, mails, now] = [[], [], NOON];
  deps = world(stores);
});
afterEach(() => stores.close());

function world(over: Omit<typeof stores, 'close'>): AlertDeps {
  const enqueue = async (more: readonly Job[]) => {
    jobs.push(...more);
    return [];
  };
  const heavy = { kind: 'concept', text: 'strikes', weight: 9 };
  return {
    ...{ ...over, queue: { enqueue }, site, log: silent, clock: () => new Date(now), sources: [] },
    config: { ...config, locales: ['nl', 'en', 'uk'], breaking },
    selector: { ...pickAll, decide: () => ({ ...pickAll.decide(), reasons: [heavy] }) },
    versions: { config: 'c', code: '1' },
  };
}

const EVENTS = {
  dam: [
    'Dam at Kherson bursts after night shelling, thousands flee the valley',
    'Thousands flee as Kherson dam bursts after shelling in the night',
    'Kherson: dam burst by shelling, valley floods and thousands leave',
    'After shelling the Kherson dam bursts; army says thousands have fled',
  ],
  port: [
    'Missiles hit the harbour of Hodeida, two tankers burn',
    'Hodeida harbour in flames: missiles hit two tankers',
    'Tankers burn in Hodeida after missile strike on the harbour',
    'Two tankers burn after missiles hit Hodeida harbour',
  ],
};

/** Reports of one event by as many families, a few minutes ago. */
async function report(event: keyof typeof EVENTS, families: number, first = 0) {
  for (const [n, title] of EVENTS[event].slice(first, first + families).entries()) {
    const at = new Date(Date.parse(now) - (20 - n) * 60_000).toISOString();
    const family = `${event}-${n + first}`;
    const key = Buffer.from(family.padEnd(16, '.')).toString('hex');
    const told: Partial<Item> = { key, hash: key, title, family, publisher: family, summary: title };
    await stores.feeds.putItem(item(1, at, told));
  }
}

function listener(n: number, more: Partial<Preferences> = {}) {
  const plain = reader(n, 'nl');
  return { ...plain, preferences: { ...plain.preferences, breaking: true as const, ...more } };
}

async function subscribeAll(...readers: ReturnType<typeof reader>[]) {
  for (const each of readers) await stores.subscribers.put(each, 0);
}

/** Works off the queue and gives who got what, as `edition: reader`. */
async function deliverAll(from: AlertDeps = deps) {
  const send = async (mail: OutgoingMail) => ({ kind: 'sent', messageId: `m${mails.push(mail)}` }) as const;
  const links = createLinks({ siteUrl: site.url, keys, clock: deps.clock });
  for (let job = jobs.shift(); job; job = jobs.shift())
    await deliver({ ...from, subscribers: stores.subscribers, transport: { send }, links }, job);
  return mails.map(({ tags, to }) => `${tags.edition}: ${to}`).toSorted();
}

describe('a news alert', () => {
  test('goes to those who asked for it and are awake, each in their language, besides their digest', async () => {
    await report('dam', 3);
    await subscribeAll(
      listener(1),
      listener(2, { locale: 'en', cadence: 'weekly' }),
      reader(3, 'nl'),
      listener(4, { zone: 'Pacific/Auckland' }),
      listener(5, { filter: { conflicts: ['sudan'] } }),
      { ...listener(6), status: 'paused', pausedUntil: '2026-12-24T00:00:00.000Z' },
    );
    const published = await publishAlerts(deps);
    expect(published.map(({ id, audience }) => [id, audience])).toEqual([
      ['war-breaking-en-20261123n0', 1],
      ['war-breaking-nl-20261123n0', 2],
    ]);
    expect(await deliverAll()).toEqual([
      'war-breaking-en-20261123n0: reader-2@example.org',
      'war-breaking-nl-20261123n0: reader-1@example.org',
    ]);
    for (const { id } of published) {
      const record = await stores.editions.get(id);
      if (!record) throw new Error('no alert');
      expect(replay(record, site).differs).toEqual([]);
      expect(record.edition.words?.subject).toBe(record.message.subject);
      expect(record.edition).toMatchObject({ counts: { stories: 1, items: 3 }, considered: [] });
      expect(await editionReport(stores, id)).toMatchObject({ balanced: true });
    }
  });

  test('is not sent below the bar, nor where the configuration has none', async () => {
    await report('dam', 2);
    await subscribeAll(listener(1));
    expect(await publishAlerts(deps)).toEqual([]);
    await report('dam', 1, 2);
    expect(await publishAlerts({ ...deps, config: { ...deps.config, breaking: undefined } })).toEqual([]);
    expect(await publishAlerts(deps)).toHaveLength(1);
  });

  test('is sent once, however the story grows and is named later', async () => {
    await report('dam', 3);
    await subscribeAll(listener(1));
    await publishAlerts(deps);
    now = '2026-11-23T12:15:00.000Z';
    await report('dam', 1, 3);
    // An earlier report that turns up late gives the story another id.
    const early: Partial<Item> = {
      key: '0'.repeat(32),
      hash: 'x',
      title: EVENTS.dam[1] ?? '',
      family: 'late',
      publisher: 'late',
    };
    await stores.feeds.putItem(
      item(1, '2026-11-23T11:35:00.000Z', { ...early, firstSeen: '2026-11-23T11:36:00.000Z' }),
    );
    expect(await publishAlerts(deps)).toEqual([]);
    expect(await deliverAll()).toHaveLength(1);
  });

  test('comes at most so often in any 24 hours', async () => {
    await subscribeAll(listener(1));
    await report('dam', 3);
    await publishAlerts(deps);
    now = '2026-11-23T23:00:00.000Z';
    await report('port', 3);
    const one = { ...deps, config: { ...deps.config, breaking: { ...breaking, maxPerDay: 1 } } };
    expect(await publishAlerts(one)).toEqual([]);
    expect(await publishAlerts(deps)).toMatchObject([{ id: 'war-breaking-nl-20261123n1' }]);
    now = '2026-11-24T12:01:00.000Z';
    await report('dam', 1, 3);
    expect(await publishAlerts(one)).toEqual([]);
  });

  test('is marked in the next digest, which still carries the story', async () => {
    await report('dam', 3);
    await subscribeAll(listener(1), reader(2, 'nl'));
    await publishAlerts(deps);
    await deliverAll();
    now = '2026-11-24T06:00:00.000Z';
    const { editions } = await publishAll(deps, { at: now, withinHours: 3 });
    const record = await stores.editions.get(editions[0]?.id ?? '');
    expect(record?.edition.cadence).toBe('daily');
    expect(storiesOf(record?.edition ?? { lead: null, sections: [] }).map(({ alerted }) => alerted)).toEqual([true]);
    expect(JSON.stringify(record?.message.text)).toContain('verstuurd als nieuwsmelding');
    expect(await deliverAll()).toHaveLength(3);
  });

  test.each([
    ['next', 'war-daily-20261124T0600Z'],
    ['last', 'war-daily-20261123T0600Z'],
  ])('tells no story of which an editor hid a report from the %s digest, but another', async (_which, slot) => {
    await subscribeAll(listener(1));
    await report('dam', 3);
    const [one] = (await stores.feeds.itemsSince('2026-11-23T00:00:00.000Z')).items;
    await stores.editions.saveEdits(slot, { pinned: [], hidden: [one?.key ?? ''] });
    expect(await publishAlerts(deps)).toEqual([]);
    await report('port', 3);
    const [alert] = await publishAlerts(deps);
    const record = await stores.editions.get(alert?.id ?? '');
    expect(record?.edition.lead?.items[0]?.item.family).toMatch(/^port/);
  });

  test('is withheld from who left, changed their mind or fell asleep meanwhile', async () => {
    await report('dam', 3);
    await subscribeAll(listener(1), listener(2), listener(3, { zone: 'Asia/Vladivostok' }));
    now = '2026-11-23T11:55:00.000Z';
    await publishAlerts(deps);
    await stores.subscribers.put({ ...listener(1), status: 'unsubscribed', version: 2 }, 1);
    const { breaking: _off, ...rest } = listener(2).preferences;
    await stores.subscribers.put({ ...listener(2), preferences: rest, version: 2 }, 1);
    now = '2026-11-23T12:01:00.000Z';
    expect(await deliverAll()).toEqual([]);
    const rows = (await stores.deliveries.page('war-breaking-nl-20261123n0')).items;
    expect(rows.map(({ reason }) => reason).toSorted()).toEqual(['not wanted', 'quiet hours', 'unsubscribed']);
  });

  test('is sent by one of many ticks at the same time, and no digest waits for one that fails', async () => {
    await report('dam', 3);
    await subscribeAll(listener(1));
    await Promise.all(Array.from({ length: 5 }, () => publishAlerts(deps)));
    expect(new Set(await deliverAll()).size).toBe(1);
    expect(mails).toHaveLength(1);
    now = '2026-11-24T06:00:00.000Z';
    let reads = 0;
    const itemsSince: typeof stores.feeds.itemsSince = (...args) => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('no items now')) : stores.feeds.itemsSince(...args);
    };
    const failing = { ...deps, feeds: { ...stores.feeds, itemsSince } };
    await expect(publishAll(failing, { at: now, withinHours: 3 })).rejects.toThrow('no items now');
    expect((await deliverAll()).at(-1)).toContain('war-daily-nl-20261124T0600Z');
  });
});

/** A store whose writes die at the given one, before or after it happened; everything after that fails too, until `revive`. */
function dying(at: number, when: 'before' | 'after') {
  let writes = 0;
  let dead = false;
  const wrap = <T extends object>(part: T, names: readonly string[]): T =>
    new Proxy(part, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function' || !names.includes(String(name))) return value;
        return async (...args: unknown[]) => {
          if (dead) throw new Error('dead');
          const isLast = writes === at;
          writes += 1;
          dead ||= isLast;
          if (isLast && when === 'before') throw new Error('died before');
          const result: unknown = await Reflect.apply(value, target, args);
          if (isLast) throw new Error('died after');
          return result;
        };
      },
    });
  return {
    wrap,
    get writes() {
      return writes;
    },
    revive: () => {
      dead = false;
      writes = Number.POSITIVE_INFINITY;
    },
  };
}

test('whatever write of an alert dies, the next tick finishes it, and nobody gets it twice or not at all', async () => {
  let runs = 0;
  for (const when of ['before', 'after'] as const)
    for (let at = 0, reached = true; reached; at += 1) {
      stores.close();
      stores = openSqlite(':memory:');
      [jobs, mails, now] = [[], [], NOON];
      const fault = dying(at, when);
      const writes = ['create', 'advance', 'plan', 'enqueue', 'claim', 'settle', 'put'];
      const plain = world(stores);
      deps = {
        ...plain,
        editions: fault.wrap(stores.editions, writes),
        deliveries: fault.wrap(stores.deliveries, writes),
        sending: fault.wrap(stores.sending, writes),
        queue: fault.wrap(plain.queue, writes),
      };
      await report('dam', 3);
      await subscribeAll(listener(1), listener(2, { locale: 'en' }), listener(3, { locale: 'uk' }));
      await publishAlerts(deps).catch(() => []);
      reached = fault.writes > at;
      fault.revive();
      for (const minutes of [15, 30, 45]) {
        now = new Date(Date.parse(NOON) + minutes * 60_000).toISOString();
        await publishAlerts(deps);
        await sweep(deps, { now });
        await deliverAll();
      }
      expect(mails.map(({ to }) => to).toSorted(), `write ${at}, ${when}`).toEqual(
        [1, 2, 3].map((n) => `reader-${n}@example.org`),
      );
      runs += 1;
    }
  expect(runs).toBeGreaterThan(20);
});
