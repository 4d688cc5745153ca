import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { COUNTS, costOf, share, tables } from '../support/cost-table.ts';
import { countRequests } from '../support/costs.ts';
import { startDynalite } from '../support/dynalite.ts';

test('one edition asks AWS for what docs/cost.md reckons with', async () => {
  const dynalite = await startDynalite();
  const readers = 120;
  const counts = await countRequests(dynalite, readers);
  await dynalite.close();
  const jobs = Math.ceil(readers / COUNTS.readersPerJob);
  expect(counts).toMatchObject({
    sesSends: readers * COUNTS.sesCalls,
    sesOther: 1,
    ledgerWrites: readers * COUNTS.ledgerWrites,
    eventReads: readers,
    ledgerRow: COUNTS.ledgerRowBytes,
  });
  expect(counts.witnessWrites).toBe(readers);
  const others = counts.otherWrites - counts.witnessWrites;
  expect(others).toBeLessThanOrEqual(COUNTS.editionWrites + jobs * COUNTS.writesPerJob);
  expect(others).toBeGreaterThanOrEqual(jobs * COUNTS.writesPerJob);
  expect(counts.sqs).toBeLessThanOrEqual(1 + 2 * jobs);
  // A listing costs a unit a partition here, where each holds a row or two: 1,024 at most, whatever the audience.
  const listing = counts.sweepReads;
  expect(counts.sendReads).toBeLessThanOrEqual(readers * (COUNTS.readsPerMail - 1) + COUNTS.listings * listing + 30);
}, 120_000);

test('per recipient of ten thousand: 3 write units of the ledger and a twentieth more, 1 SES call, a twentieth of an SQS call', () => {
  const readers = 10_000;
  const jobs = readers / COUNTS.readersPerJob;
  const others = COUNTS.editionWrites + COUNTS.witnesses + jobs * COUNTS.writesPerJob;
  expect(COUNTS.ledgerWrites).toBe(3);
  expect(others / readers).toBeLessThanOrEqual(0.07);
  expect((jobs * COUNTS.sqsPerJob) / readers).toBeLessThan(0.05);
});

test('docs/cost.md says what these counts and prices come to', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/cost.md'), 'utf8');
  const { prices, money } = tables();
  expect(text).toContain(prices);
  expect(text).toContain(money);
});

test('at 100,000 readers everything but SES is less than 5 % of the SES bill, with what AWS gives for nothing', () => {
  expect(share(costOf(100_000, 'free'))).toBeLessThan(0.05);
});
