import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderEdition } from '../../lib/rendering/edition.ts';
import { LOCALES } from '../../lib/types.ts';
import { decision, item, SITE, sampleEdition } from '../editions/build.ts';
import { type Dynalite, startDynalite } from '../support/dynalite.ts';
import { meter } from '../support/metered.ts';
import { createWorld } from './world.ts';

const DAYS = 14;
let table: Dynalite;
beforeAll(async () => {
  table = await startDynalite();
});
afterAll(() => table.close());

/** What was looked at and left out: most of what an edition keeps. */
const considered = Array.from({ length: 400 }, (_, n) => {
  const { key, title, link, publisher } = item({
    title: `Something else that was in the papers that day, number ${n}`,
  });
  return { key, title, link, publisher, decision: decision({ picked: false, score: 0.1 }), why: 'not picked' as const };
});

test('on DynamoDB a feed reads each edition once and scans nothing; when nothing is new it asks for the list only', async () => {
  const stores = await table.open();
  for (let day = 0; day < DAYS; day++)
    for (const variant of LOCALES) {
      const dueAt = new Date(Date.parse('2026-11-01T06:00:00.000Z') + day * 86_400_000).toISOString();
      const key = { publication: 'war', cadence: 'daily', variant, dueAt } as const;
      const made = { ...sampleEdition(20, variant, { key, composedAt: dueAt }), considered };
      await stores.editions.create(made, renderEdition(made, SITE));
    }
  const { requests, units, reset } = meter(table.client);
  const world = createWorld({ ...stores });
  const total = () => [...units.values()].reduce((sum, one) => sum + one, 0);

  const first = await world.get('/feeds/en.rss');
  expect(first.status).toBe(200);
  expect([...requests.keys()]).toEqual(['Query']);
  expect(requests.get('Query')).toBeLessThanOrEqual(13);
  expect(total()).toBeLessThan(120);

  reset();
  const again = await world.get('/feeds/en.rss', { 'If-None-Match': first.headers.get('ETag') ?? '' });
  expect(again.status).toBe(304);
  expect(requests.get('Query')).toBe(1);
  expect(total()).toBeLessThan(6);
});
