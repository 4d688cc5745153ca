import { describe, expect, test, vi } from 'vitest';
import { MODES } from './effects.ts';
import { everyFault, notice, randomPlan } from './explore.ts';
import { MUTANTS } from './mutants.ts';
import { type Plan, simulate } from './simulate.ts';
import { faults, verdict } from './verdict.ts';

/** Thousands of whole days: a second or two each on an idle machine, far more on a crowded one. */
vi.setConfig({ testTimeout: 120_000 });

async function faulty(circumstances: Plan): Promise<readonly object[]> {
  const runs = await Array.fromAsync(everyFault(circumstances));
  return runs.filter((run) => faults(run.verdict) > 0);
}

describe('whatever effect goes wrong in whatever way', () => {
  test('nobody gets it twice, nobody is lost, the books balance, and nothing stays unknown', async () => {
    const runs = await Array.fromAsync(everyFault());
    expect(runs.length).toBeGreaterThanOrEqual(40 * MODES.length);
    expect(runs.filter((run) => faults(run.verdict) + run.verdict.visible > 0)).toEqual([]);
  });

  test('with events that take 20 minutes, too', async () => {
    expect(await faulty({ events: 20 })).toEqual([]);
  });

  test('with readers of several hours and languages, at worst the only one of an edition is openly unknown', async () => {
    expect(await faulty({ apart: true })).toEqual([]);
  });

  test('with the policy of at most once, at worst somebody is openly unknown', async () => {
    expect(await faulty({ policy: 'at-most-once' })).toEqual([]);
  });

  test('without any events nothing is sent a second time, and somebody is openly unknown', async () => {
    const runs = await Array.fromAsync(everyFault({ events: 'never' }));
    expect(runs.filter((run) => faults(run.verdict) > 0)).toEqual([]);
    expect(runs.some(({ verdict: { visible } }) => visible > 0)).toBe(true);
  });
});

test('a reader who leaves at any moment gets nothing that was looked up after it', async () => {
  const { effects } = await simulate({});
  const bad = [];
  for (const [leavesAt, effect] of effects.entries()) {
    const v = verdict(await simulate({ leavesAt }));
    if (faults(v) > 0) bad.push({ effect, v });
  }
  expect(bad).toEqual([]);
});

test('150 random days with up to four faults each', async () => {
  const bad = [];
  for (let seed = 1; seed <= 150; seed += 1) {
    const v = verdict(await simulate(randomPlan(seed)));
    if (faults(v) > 0) bad.push({ seed, ...v });
  }
  expect(bad).toEqual([]);
});

describe('the harness notices that', () => {
  test.each(Object.entries(MUTANTS))('%s', async (_name, mutant) => {
    expect(await notice({ mutant })).toBeDefined();
  });
});
