import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESClient } from '@aws-sdk/client-ses';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DeliverDeps, deliver } from '../../lib/delivery/deliver.ts';
import type { Job, Quota } from '../../lib/delivery/model.ts';
import { createPace, type Pace } from '../../lib/delivery/pace.ts';
import { publish } from '../../lib/delivery/publish.ts';
import { editionReport } from '../../lib/delivery/report.ts';
import { createSesTransport, sesClientConfig } from '../../lib/delivery/ses.ts';
import { sweep } from '../../lib/delivery/sweep.ts';
import { silent } from '../../lib/log.ts';
import { type Listening, listen } from '../../lib/runtime/listen.ts';
import { createLocalSes } from '../../lib/runtime/local-ses/index.ts';
import { openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import { createMeter } from '../../lib/runtime/local-ses/quota.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import { type Dynalite, startDynalite } from '../support/dynalite.ts';
import { config, item, keys, pickAll, reader, site } from '../support/newsroom.ts';

const START = Date.parse('2026-11-23T06:05:00.000Z');

/**
 * Time that passes only when everybody waits, and then to the first who does. So senders that work at once stay in
 * their true order, and hours take no time.
 */
function createTime() {
  let now = START;
  const waiting: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    clock: () => new Date(now),
    at: (time: number) => {
      now = time;
    },
    pause: (ms: number) => new Promise<void>((wake) => waiting.push({ until: now + ms, wake })),
    /** Lets time run until all of these are done. */
    async until(work: readonly Promise<unknown>[]): Promise<void> {
      let done = false;
      const all = Promise.all(work).finally(() => {
        done = true;
      });
      while (!done) {
        for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
        waiting.sort((a, b) => a.until - b.until);
        const next = waiting.shift();
        if (!next) continue;
        now = Math.max(now, next.until);
        next.wake();
      }
      await all;
    },
  };
}

const quotaOf = (change: Partial<Quota> = {}): Quota => ({ perSecond: 10, perDay: 50_000, sentInDay: 0, ...change });

describe('several senders at once', () => {
  let dynalite: Dynalite;
  beforeAll(async () => {
    dynalite = await startDynalite();
  });
  afterAll(() => dynalite.close());

  const places: [string, () => Promise<Stores>][] = [
    ['SQLite', async () => openSqlite(':memory:')],
    ['DynamoDB', () => dynalite.open()],
  ];

  test.each(places)('keep together to nine tenths of the account rate (%s)', async (_place, open) => {
    const { sending } = await open();
    const time = createTime();
    const transport = { quota: async () => quotaOf() };
    const sent: number[] = [];
    let writes = 0;
    const counted = {
      reserve: (...args: Parameters<typeof sending.reserve>) => {
        writes += 1;
        return sending.reserve(...args);
      },
    };
    const senders = Array.from({ length: 4 }, async () => {
      const pace = createPace({ transport, sending: counted, clock: time.clock, pause: time.pause, log: silent });
      for (let left = 50; left > 0; left -= 1) {
        while ((await pace.turn(left)) !== 'now') await time.pause(20_000);
        sent.push(time.clock().getTime());
      }
    });
    await time.until(senders);
    expect(sent).toHaveLength(200);
    const inOneSecond = sent.map((from) => sent.filter((at) => at >= from && at < from + 1000).length);
    expect(Math.max(...inOneSecond)).toBeLessThanOrEqual(10);
    expect((Math.max(...sent) - START) / 1000).toBeLessThan(200 / 9 + 1);
    expect(writes).toBeLessThan(0.05 * 200);
  });
});

describe('one sender', () => {
  const paceOf = (quota: () => Promise<Quota>, time = createTime(), reserve = async () => time.clock().getTime()) =>
    createPace({ transport: { quota }, sending: { reserve }, clock: time.clock, pause: async () => {}, log: silent });

  test('asks for the quota once a minute', async () => {
    const time = createTime();
    let asked = 0;
    const pace = paceOf(async () => {
      asked += 1;
      return quotaOf();
    }, time);
    for (let n = 0; n < 100; n += 1) await pace.turn(1);
    expect(asked).toBe(1);
    time.at(START + 60_000);
    await pace.turn(1);
    expect(asked).toBe(2);
  });

  test('leaves room for letters: a fiftieth of the day, and ten at least', async () => {
    const turns = async (quota: Quota) => {
      const pace = paceOf(async () => quota);
      let count = 0;
      while (count < 2000 && (await pace.turn(1)) === 'now') count += 1;
      return count;
    };
    expect(await turns(quotaOf({ perDay: 200 }))).toBe(190);
    expect(await turns(quotaOf({ perDay: 50_000, sentInDay: 48_000 }))).toBe(1000);
    expect(await turns(quotaOf({ perDay: Number.POSITIVE_INFINITY, sentInDay: 1e9 }))).toBe(2000);
  });

  test('goes on without a quota when the service does not tell it, and with the last when it told one before', async () => {
    const time = createTime();
    let answer: () => Promise<Quota> = () => Promise.reject(new Error('Throttling'));
    const pace = paceOf(() => answer(), time);
    expect(await pace.turn(1)).toBe('now');
    answer = async () => quotaOf({ perDay: 200, sentInDay: 195 });
    time.at(START + 5_000);
    expect(await pace.turn(1)).toBe('day');
    answer = () => Promise.reject(new Error('Throttling'));
    time.at(START + 66_000);
    expect(await pace.turn(1)).toBe('day');
  });

  test('goes on when a clock that was a day ahead is set right, also in another process', async () => {
    const { sending } = openSqlite(':memory:');
    const time = createTime();
    let asked = 0;
    const transport = {
      quota: async () => {
        asked += 1;
        return quotaOf();
      },
    };
    const deps = { transport, sending, clock: time.clock, pause: time.pause, log: silent };
    const pace = createPace(deps);
    time.at(START + 24 * 3_600_000);
    expect(await pace.turn(50)).toBe('now');
    time.at(START);
    expect([await pace.turn(50), await createPace(deps).turn(50)]).toEqual(['now', 'now']);
    expect(asked).toBe(3);
  });

  test('lets go of its job rather than wait for long', async () => {
    const pace = paceOf(
      async () => quotaOf(),
      createTime(),
      async () => START + 3_600_000,
    );
    expect(await pace.turn(50)).toBe('later');
  });
});

describe('an account of which SES allows little', () => {
  const editionId = 'war-daily-nl-20261123T0600Z';
  const READERS = 230;
  let folder: string;
  let server: Listening;
  let client: SESClient;
  let stores: ReturnType<typeof openSqlite>;
  let jobs: { readonly job: Job; readonly at: number; readonly receives: number }[];
  let time: ReturnType<typeof createTime>;
  /** How often SES refused. */
  let refused: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'quota-'));
    stores = openSqlite(':memory:');
    [jobs, time, refused] = [[], createTime(), 0];
    await stores.feeds.putItem(item(1, '2026-11-23T04:00:00.000Z'));
    for (let n = 1; n <= READERS; n += 1) await stores.subscribers.put(reader(n, 'nl'), 0);
  });

  afterEach(async () => {
    client.destroy();
    await server.close();
    stores.close();
    rmSync(folder, { recursive: true });
  });

  async function account(perSecond: number, perDay: number): Promise<void> {
    const meter = createMeter({ perSecond, perDay, clock: time.clock });
    const outbox = await openOutbox(folder, time.clock);
    server = await listen(createLocalSes({ outbox, verified: [site.from], meter }).fetch);
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    client = new SESClient({ ...sesClientConfig(), endpoint: server.url, region: 'eu-central-1', credentials });
  }

  function systemOf(pace: boolean, hours = 48) {
    const enqueue = async (more: readonly Job[], delay = 0) => {
      const at = time.clock().getTime() + delay * 1000;
      jobs.push(...more.map((job) => ({ job, at, receives: 0 })));
      return [];
    };
    const edition = { ...config.edition, sendWithinHours: hours };
    const ses = createSesTransport(client);
    const send: typeof ses.send = async (mail) => {
      const outcome = await ses.send(mail);
      if (outcome.kind === 'throttled') refused += 1;
      return outcome;
    };
    const transport = { ...ses, send };
    const shared = { ...stores, transport, queue: { enqueue }, site, config: { ...config, edition }, log: silent };
    const links = createLinks({ siteUrl: site.url, keys, clock: time.clock });
    const pause = async (ms: number) => time.at(time.clock().getTime() + ms);
    const deps: DeliverDeps = { ...shared, links, clock: time.clock, pause };
    const paced: { pace?: Pace } = pace ? { pace: createPace({ ...deps, pause }) } : {};
    const versions = { config: 'c', code: '1' };
    return {
      publish: () =>
        publish(
          { ...deps, ...shared, sources: [], selector: pickAll, versions },
          { at: time.clock().toISOString(), withinHours: 3 },
        ),
      deliver: (job: Job) => deliver({ ...deps, ...paced }, job),
      sweep: () => sweep({ ...deps, ...shared }, { now: time.clock().toISOString() }),
      report: () => editionReport(deps, editionId),
    };
  }

  /** A quarter of an hour after the other; gives the most receives that a job used up. */
  async function hoursPass(system: ReturnType<typeof systemOf>, hours: number): Promise<number> {
    let most = 0;
    for (let end = time.clock().getTime() + hours * 3_600_000; time.clock().getTime() < end; ) {
      const due = jobs.find(({ at }) => at <= time.clock().getTime());
      if (due) {
        jobs.splice(jobs.indexOf(due), 1);
        most = Math.max(most, due.receives + 1);
        const { retry } = await system.deliver(due.job);
        if (retry) jobs.push({ ...due, at: time.clock().getTime() + 720_000, receives: due.receives + 1 });
      } else {
        time.at(time.clock().getTime() + 900_000);
        await system.sweep();
      }
    }
    return most;
  }

  test('a slow one gets every mail, is never refused, and no job is received twice', async () => {
    await account(1, 50_000);
    const system = systemOf(true);
    await system.publish();
    expect(await hoursPass(system, 1)).toBe(1);
    expect(refused).toBe(0);
    expect(await system.report()).toMatchObject({ status: 'closed', balanced: true, counts: { sent: READERS } });
  });

  test('without a pace of ours, what SES throttles waits and leaves later: none lost, no receive used up', async () => {
    await account(1, 50_000);
    const system = systemOf(false);
    await system.publish();
    expect(await hoursPass(system, 2)).toBe(1);
    expect(refused).toBeGreaterThan(READERS / 2);
    expect(await system.report()).toMatchObject({ balanced: true, counts: { sent: READERS, planned: 0 } });
  });

  test('a sandbox of 200 a day stops, keeps ten for letters, and the rest leaves the next day, in time', async () => {
    await account(14, 200);
    const system = systemOf(true);
    await system.publish();
    expect(await hoursPass(system, 12)).toBe(1);
    expect((await system.report()).counts).toMatchObject({ sent: 190, planned: 40 });
    for (const nonce of ['a', 'b', 'c'])
      expect(
        await system.deliver({ kind: 'letter', letter: 'welcome', subscriberId: reader(1, 'nl').id, nonce }),
      ).toMatchObject({ sent: 1 });
    await hoursPass(system, 15);
    expect(await system.report()).toMatchObject({ status: 'closed', balanced: true, counts: { sent: READERS } });
  });

  test('what has not left when the time of the edition is over expires, openly', async () => {
    await account(14, 200);
    const system = systemOf(true, 12);
    await system.publish();
    await hoursPass(system, 30);
    expect(await system.report()).toMatchObject({
      status: 'closed',
      balanced: true,
      counts: { sent: 190, expired: 40, planned: 0 },
    });
  });

  test('a day that others used up is met by SES itself, and the edition goes on when there is room again', async () => {
    await account(14, 100);
    const system = systemOf(false);
    await system.publish();
    expect(await hoursPass(system, 20)).toBe(1);
    expect((await system.report()).counts).toMatchObject({ sent: 100, planned: 130 });
    await hoursPass(system, 8);
    expect((await system.report()).counts).toMatchObject({ sent: 200, planned: 30 });
  });
});
