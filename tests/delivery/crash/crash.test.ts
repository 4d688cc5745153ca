import { describe, expect, test } from 'vitest';
import { MODES } from './effects.ts';
import { everyFault, randomPlan } from './explore.ts';
import { MUTANTS } from './mutants.ts';
import { type Plan, simulate } from './simulate.ts';
import { faults, verdict } from './verdict.ts';

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

  test.each<[string, Plan]>([
    ['events that take 20 minutes', { events: 20 }],
    ['the policy of at most once', { policy: 'at-most-once' }],
    ['no events at all', { events: 'never' }],
  ])('with %s, at worst somebody is openly unknown', async (_name, circumstances) => {
    expect(await faulty(circumstances)).toEqual([]);
  });

  test('without events nothing is sent a second time', async () => {
    const runs = await Array.fromAsync(everyFault({ events: 'never' }));
    expect(runs.filter(({ verdict: { duplicates } }) => duplicates > 0)).toEqual([]);
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
  /** The first fault, under any circumstances, that shows the mistake. */
  async function noticed(plan: Plan): Promise<boolean> {
    for (const circumstances of [{}, { events: 20 }]) {
      for await (const run of everyHealthyFault({ ...plan, ...circumstances })) if (faults(run) > 0) return true;
    }
    return false;
  }

  async function* everyHealthyFault(plan: Plan) {
    const { effects } = await simulate({});
    for (const [at] of effects.entries()) {
      yield verdict(await simulate({ ...plan, leavesAt: at }));
      for (const mode of MODES) yield verdict(await simulate({ ...plan, faults: [{ at, mode }] }));
    }
  }

  test.each(Object.entries(MUTANTS))('%s', async (_name, mutant) => {
    expect(await noticed({ mutant })).toBe(true);
  });
});
