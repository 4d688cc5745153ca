import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Dynalite, startDynalite } from '../../support/dynalite.ts';
import { everyFault, notice } from './explore.ts';
import { numbered, REWRITES } from './requests.ts';
import { faults } from './verdict.ts';

vi.setConfig({ testTimeout: 300_000 });

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

test('in DynamoDB, whatever request about the ledger goes wrong, nobody gets it twice and nobody is lost', async () => {
  const runs = await Array.fromAsync(everyFault({ open: numbered(dynalite) }, ['crash before', 'crash after']));
  const requests = new Set(runs.map(({ effect }) => effect));
  expect([...requests]).toEqual(
    expect.arrayContaining(['PutItemCommand chunk', 'PutItemCommand ledger', 'QueryCommand ledger']),
  );
  expect(runs.filter((run) => faults(run.verdict) + run.verdict.visible > 0)).toEqual([]);
});

describe('the harness notices that in DynamoDB', () => {
  test.each(Object.entries(REWRITES))('%s', async (_name, rewrite) => {
    expect(await notice({ open: numbered(dynalite, rewrite) })).toBeDefined();
  });
});
