import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { NOW } from '../contract/samples.ts';
import { COUNTS, costOf, planWrites, readsOf, share, tables, writesOf } from '../support/cost-table.ts';
import { countRequests } from '../support/costs.ts';
import { type Dynalite, loopbackClient, startDynalite } from '../support/dynalite.ts';
import { meter } from '../support/metered.ts';
import { keys } from '../support/newsroom.ts';

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

test.each([120, 300])(
  'one edition for %i readers asks AWS for what docs/cost.md reckons with',
  async (readers) => {
    const counts = await countRequests(dynalite, readers);
    const jobs = Math.ceil(readers / COUNTS.readersPerJob);
    expect(counts).toMatchObject({
      sesSends: readers * COUNTS.sesCalls,
      sesOther: 1,
      ledgerWrites: readers * COUNTS.ledgerWrites,
      eventReads: readers,
    });
    expect(counts.planWrites).toBeLessThanOrEqual(planWrites(readers));
    // Of a larger edition some 200 are, at random.
    if (readers <= COUNTS.witnesses) expect(counts.witnessWrites).toBe(readers);
    else expect(Math.abs(counts.witnessWrites - COUNTS.witnesses)).toBeLessThan(100);
    const others = counts.otherWrites - counts.witnessWrites;
    expect(others).toBeLessThanOrEqual(COUNTS.editionWrites + jobs * COUNTS.writesPerJob);
    expect(others).toBeGreaterThanOrEqual(jobs * COUNTS.writesPerJob);
    expect(counts.sqs).toBeLessThanOrEqual(Math.ceil(jobs / 10) + 2 * jobs);
    // Besides, the hour's items, the edition and the switch are read once in a while.
    const reads = counts.planReads + counts.sendReads + counts.eventReads + counts.sweepReads;
    expect(reads).toBeLessThanOrEqual(readsOf(readers, 1) + 150 + 2 * jobs);
    expect(counts.ledgerRow).toBeLessThanOrEqual(COUNTS.ledgerRowBytes);
  },
  120_000,
);

test('per recipient of ten thousand: less than 2.2 write units, 1 SES call, a twentieth of an SQS call', async () => {
  const readers = 10_000;
  const client = loopbackClient(dynalite.endpoint);
  const counted = meter(client);
  const { deliveries } = dynamoStores(client, await dynalite.createTable());
  const ids = Array.from({ length: readers }, (_, n) => subscriberId(`reader-${n}@example.org`, keys.identity)).sort();
  for (let from = 0; from < readers; from += COUNTS.readersPerPage)
    await deliveries.plan('war-daily-nl-20261123T0600Z', ids.slice(from, from + COUNTS.readersPerPage), NOW);
  client.destroy();
  const plan = [...counted.writes.values()].reduce((sum, units) => sum + units);
  expect(plan).toBeLessThanOrEqual(planWrites(readers));
  expect(writesOf(readers) / readers).toBeLessThan(2.2);
  expect(((readers / COUNTS.readersPerJob) * COUNTS.sqsPerJob) / readers).toBeLessThan(0.05);
});

test.each([1_000, 10_000, 100_000, 1_000_000])(
  'an edition for %i readers takes at most 3 write units a reader',
  (readers) => {
    expect(writesOf(readers) / readers).toBeLessThan(3);
  },
);

test('docs/cost.md says what these counts and prices come to', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/cost.md'), 'utf8');
  const { prices, money } = tables();
  expect(text).toContain(prices);
  expect(text).toContain(money);
});

test('from 100,000 readers on everything but SES is less than 5 % of the SES bill, without what AWS gives for nothing', () => {
  for (const readers of [100_000, 1_000_000]) expect(share(costOf(readers, 'full'))).toBeLessThan(0.05);
});
