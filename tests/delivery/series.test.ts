import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeliverDeps, deliver } from '../../lib/delivery/deliver.ts';
import { type PublishDeps, publish } from '../../lib/delivery/publish.ts';
import { silent } from '../../lib/log.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import type { Preferences } from '../../lib/subscriptions/model.ts';
import { config, item, keys, pickAll, reader, site } from '../support/newsroom.ts';
import { createWorld } from '../support/world.ts';

const YESTERDAY = '2026-11-22T04:00:00.000Z';

let world: ReturnType<typeof createWorld>;
let deps: PublishDeps & DeliverDeps;

beforeEach(() => {
  world = createWorld({ now: '2026-11-22T06:05:00.000Z' });
  const versions = { config: 'c', code: '1' };
  const { stores, queue, clock, transport } = world;
  const links = createLinks({ siteUrl: site.url, keys, clock });
  const mail = { transport, links, queue };
  deps = { ...stores, ...mail, site, config, clock, sources: [], selector: pickAll, log: silent, versions };
});
afterEach(() => world.close());

let readers = 0;
async function join(preferences: Partial<Preferences>): Promise<void> {
  readers += 1;
  const plain = reader(readers, 'en');
  const row = { ...plain, preferences: { ...plain.preferences, ...preferences } };
  await world.stores.subscribers.put(row, 0);
}

const news = (n: number, published: string) => world.stores.feeds.putItem(item(n, published));

/** Lets the clock go on hour by hour, publishes and mails; what came of each edition, by its due time. */
async function publishFor(hours: number): Promise<Record<string, { audience: number; stories: number }>> {
  const made: Record<string, { audience: number; stories: number }> = {};
  for (let n = 0; n < hours; n += 1) {
    const { editions } = await publish(deps, { at: world.clock().toISOString(), withinHours: 0.5 });
    for (const { dueAt, audience, stories } of editions) made[dueAt.slice(0, 16)] = { audience, stories };
    for (const job of world.jobs.splice(0)) await deliver(deps, job);
    world.pass(3600);
  }
  return made;
}

describe('every appointment is told the news once, whatever others of its language were told', () => {
  test('two hours', async () => {
    await join({ hour: 7 });
    await join({ hour: 8 });
    await news(1, YESTERDAY);
    expect(await publishFor(26)).toEqual({
      '2026-11-22T06:00': { audience: 1, stories: 1 },
      '2026-11-22T07:00': { audience: 1, stories: 1 },
      '2026-11-23T06:00': { audience: 0, stories: 0 },
      '2026-11-23T07:00': { audience: 0, stories: 0 },
    });
  });

  test('two zones, with news between them', async () => {
    await join({ hour: 7 });
    await join({ hour: 7, zone: 'America/New_York' });
    await news(1, YESTERDAY);
    const first = await publishFor(8);
    await news(2, '2026-11-22T13:30:00.000Z');
    expect({ ...first, ...(await publishFor(24)) }).toEqual({
      '2026-11-22T06:00': { audience: 1, stories: 1 },
      '2026-11-22T12:00': { audience: 1, stories: 1 },
      '2026-11-23T06:00': { audience: 1, stories: 1 },
      '2026-11-23T12:00': { audience: 1, stories: 1 },
    });
  });

  test('two zones that share an edition until one of them moves its clock', async () => {
    world.pass(125 * 24 * 3600); // 27 March 2027, two days before Europe's summer time begins
    await join({ hour: 7, zone: 'Europe/Amsterdam' });
    await join({ hour: 6, zone: 'UTC' });
    await news(1, '2027-03-27T04:00:00.000Z');
    world.pass(-3600);
    expect(await publishFor(26)).toEqual({
      '2027-03-27T06:00': { audience: 2, stories: 1 },
      '2027-03-28T05:00': { audience: 0, stories: 0 },
      '2027-03-28T06:00': { audience: 0, stories: 0 },
    });
  });

  test('two zones that share an edition since one of them moved its clock', async () => {
    world.pass(-28 * 24 * 3600); // 25 October 2026: Europe's summer time ended this night
    await join({ hour: 7, zone: 'Europe/Amsterdam' });
    await join({ hour: 6, zone: 'UTC' });
    await news(1, '2026-10-24T03:00:00.000Z');
    world.pass(-26 * 3600);
    expect(await publishFor(28)).toEqual({
      '2026-10-24T05:00': { audience: 1, stories: 1 },
      '2026-10-24T06:00': { audience: 1, stories: 1 },
      '2026-10-25T06:00': { audience: 0, stories: 0 },
    });
  });
});
