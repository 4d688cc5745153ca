import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../lib/delivery/deliver.ts';
import { publish } from '../../lib/delivery/publish.ts';
import { silent } from '../../lib/log.ts';
import { confirm } from '../../lib/subscriptions/confirm.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import type { Subscriber } from '../../lib/subscriptions/model.ts';
import { updatePreferences } from '../../lib/subscriptions/preferences.ts';
import { config, item, keys, pickAll, reader, site } from '../support/newsroom.ts';
import { createWorld } from '../support/world.ts';

const MINUTES = 60;
/** Her appointment is 7:00 in Amsterdam, 6:00 UTC. */
const ada = reader(1, 'en');
const other = reader(2, 'en', { preferences: { ...ada.preferences, hour: 6 } });

let world: ReturnType<typeof createWorld>;

beforeEach(async () => {
  world = createWorld({ now: '2026-11-23T06:01:00.000Z' });
  await world.stores.feeds.putItem(item(1, '2026-11-23T04:00:00.000Z'));
});
afterEach(() => world.close());

const join = (row: Subscriber) => world.stores.subscribers.put(row, 0);
const choose = (change: Partial<Subscriber['preferences']>) =>
  updatePreferences(subscribing(), { id: ada.id, preferences: { ...ada.preferences, ...change } });
const subscribing = () => ({ ...world.stores, clock: world.clock, log: silent, letters: { post: async () => {} } });
const mailed = () => world.mails.map(({ tags }) => tags.edition);

/** What the schedule starts, and what comes of it. */
async function tick(subscribers = world.stores.subscribers): Promise<void> {
  const { clock, queue, transport, jobs } = world;
  const stores = { ...world.stores, subscribers };
  const links = createLinks({ siteUrl: site.url, keys, clock });
  const deps = { ...stores, clock, queue, transport, links, site, config, log: silent, selector: pickAll };
  const versions = { config: 'c', code: '1' };
  await publish({ ...deps, sources: [], versions }, { at: clock().toISOString(), withinHours: 12 });
  for (const job of jobs.splice(0)) await deliver(deps, job);
}

test.each([
  ['an earlier hour', { hour: 6 }],
  ['a zone whose hour has passed', { zone: 'Europe/Kyiv' }],
])('a reader who had the digest and chooses %s has the next one tomorrow', async (_what, choice) => {
  await join(ada);
  await tick();
  world.pass(30 * MINUTES);
  await choose(choice);
  world.pass(15 * MINUTES);
  await tick();
  expect(mailed()).toEqual(['war-daily-en-20261123T0600Z']);
  expect(await world.stores.deliveries.get('war-daily-en-20261123T0500Z', ada.id)).toMatchObject({
    status: 'suppressed',
    reason: 'chosen later',
  });
  await world.stores.feeds.putItem(item(2, '2026-11-23T20:00:00.000Z'));
  world.pass(23 * 60 * MINUTES);
  await tick();
  expect(mailed().slice(1)).toEqual(['war-daily-en-20261124T0500Z']);
  // Not told as new a second time, although nobody had the edition of that hour.
  expect((await world.stores.editions.get('war-daily-en-20261124T0500Z'))?.edition.lead?.change).toBe('grown');
});

test.each([
  ['weekly instead', { cadence: 'weekly' }, 'war-weekly-en-20261123T0600Z'],
  ['a later hour', { hour: 8 }, 'war-daily-en-20261123T0700Z'],
] as const)(
  'a reader who chooses %s just before the hour has one digest, though an index still lists both',
  async (_what, choice, theirs) => {
    world.pass(-2 * MINUTES);
    await join(ada);
    await choose(choice);
    const { subscribers } = world.stores;
    const appointments = async () => [...(await subscribers.appointments()), ada.preferences];
    const dueReaders: typeof subscribers.dueReaders = async (appointment, cursor) =>
      appointment === ada.preferences ? { items: [ada] } : subscribers.dueReaders(appointment, cursor);
    for (const minutes of [2, 60]) {
      world.pass(minutes * MINUTES);
      await tick({ ...subscribers, appointments, dueReaders });
    }
    expect(mailed()).toEqual([theirs]);
  },
);

test.each([
  ['alone at that hour', []],
  ['at an hour that others have', [{ ...other, preferences: ada.preferences }]],
])('a new reader %s gets nothing that was due before they confirmed', async (_who, others) => {
  for (const each of others) await join(each);
  await join({ ...ada, status: 'pending' });
  world.pass(60 * MINUTES);
  await confirm(subscribing(), { id: ada.id });
  await tick();
  expect(world.mails.filter(({ to }) => to === ada.email)).toEqual([]);
  await world.stores.feeds.putItem(item(2, '2026-11-23T20:00:00.000Z'));
  world.pass(23 * 60 * MINUTES);
  await tick();
  expect(world.mails.filter(({ to }) => to === ada.email)).toHaveLength(1);
});

test.each([
  ['another language', { locale: 'nl' }],
  ['letters on quiet days', { quietDays: 'mail' }],
] as const)('who chooses %s between the hour and the mail still gets it', async (_what, choice) => {
  await join(ada);
  await choose(choice);
  await tick();
  expect(world.mails).toHaveLength(1);
});
