import { afterEach, beforeEach, expect, test } from 'vitest';
import { draftEdition } from '../../lib/delivery/ensure-edition.ts';
import { type PublishDeps, publish } from '../../lib/delivery/publish.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import { silent } from '../../lib/log.ts';
import { inWords } from '../../lib/rendering/edition-view.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { config, item, pickAll, reader, site } from '../support/newsroom.ts';

const at = '2026-11-23T06:05:00.000Z';
const SLOT = 'war-daily-20261123T0600Z';
const key = { publication: 'war', cadence: 'daily', variant: 'nl', dueAt: '2026-11-23T06:00:00.000Z' } as const;
const TITLES = ['Drones hit a depot at Kharkiv', 'Talks on Sudan collapse', 'Duel along the Litani in Lebanon'];
const items = TITLES.map((title, n) => item(n, '2026-11-23T04:00:00.000Z', { title, summary: '' }));
const [first, second, third] = items.map((one) => one.key) as [string, string, string];

let stores: ReturnType<typeof openSqlite>;
let deps: PublishDeps;

beforeEach(async () => {
  stores = openSqlite(':memory:');
  deps = {
    ...{ ...stores, site, config, sources: [], selector: pickAll, log: silent, versions: { config: 'c', code: '1' } },
    clock: () => new Date(at),
    queue: { enqueue: async () => [] },
  };
  for (const one of items) await stores.feeds.putItem(one);
  for (const one of [reader(1, 'nl'), reader(2, 'en')]) await stores.subscribers.put(one, 0);
});
afterEach(() => stores.close());

const keysIn = async (variant: string) => {
  const record = await stores.editions.get(`war-daily-${variant}-20261123T0600Z`);
  return record && storiesOf(record.edition).map(({ items: [best] }) => best?.item.key);
};

test('what an editor decided about a slot holds for every language of it, and is kept in each edition', async () => {
  const edits = { pinned: [third, second], hidden: [first] };
  await stores.editions.saveEdits(SLOT, edits);
  await publish(deps, { at, withinHours: 3 });
  expect(await keysIn('nl')).toEqual([third, second]);
  expect(await keysIn('en')).toEqual([third, second]);
  expect((await stores.editions.get('war-daily-nl-20261123T0600Z'))?.edition.edits).toEqual(edits);
});

test('a decision about another slot changes nothing', async () => {
  await stores.editions.saveEdits('war-daily-20261124T0600Z', { pinned: [], hidden: [first, second, third] });
  await publish(deps, { at, withinHours: 3 });
  expect(await keysIn('nl')).toHaveLength(3);
});

test('a decision that comes after the edition was composed changes nothing', async () => {
  await publish(deps, { at, withinHours: 3 });
  const before = await keysIn('nl');
  await stores.editions.saveEdits(SLOT, { pinned: [], hidden: [first, second, third] });
  await publish(deps, { at, withinHours: 3 });
  expect(await keysIn('nl')).toEqual(before);
});

test('a draft is the edition that would be published, not put into words yet, and writes nothing', async () => {
  await stores.editions.saveEdits(SLOT, { pinned: [second], hidden: [first] });
  const draft = await draftEdition(deps, key, [{ cadence: 'daily', zone: 'Europe/Amsterdam', hour: 7 }]);
  expect(await stores.editions.list(10)).toEqual({ items: [] });
  await publish(deps, { at, withinHours: 3 });
  expect((await stores.editions.get(draft.id))?.edition).toEqual(inWords(draft));
});
