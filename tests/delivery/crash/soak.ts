import { parseArgs } from 'node:util';
import { startDynalite } from '../../support/dynalite.ts';
import { MODES } from './effects.ts';
import { everyFault, everyPair, notice, randomPlan } from './explore.ts';
import { MUTANTS } from './mutants.ts';
import { numbered, REWRITES } from './requests.ts';
import { type Plan, simulate } from './simulate.ts';
import { faults, type Verdict, verdict } from './verdict.ts';

/**
 * The long form of crash.test.ts: prints the table of all crash points, all pairs of faults, then seeded random days.
 * Run by `npm run soak -- [--days 10000] [--seed 1] [--pairs] [--dynamodb] [--mutants]`. Exits 1 when
 * anything was sent twice or lost, or a mistake (`mutants.ts`) goes unnoticed.
 */
const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    pairs: { type: 'boolean', default: false },
    dynamodb: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
  },
});

type Sum = { runs: number } & { -readonly [key in keyof Verdict]: number };

function add(sum: Sum, v: Verdict): void {
  sum.runs += 1;
  for (const key of ['duplicates', 'silentLosses', 'visible', 'wrong', 'unfinished', 'afterLeaving'] as const)
    sum[key] += v[key];
}

function empty(): Sum {
  return { runs: 0, duplicates: 0, silentLosses: 0, visible: 0, wrong: 0, unfinished: 0, afterLeaving: 0 };
}

let bad = 0;
function report(title: string, table: Readonly<Record<string, Sum>>): void {
  console.log(`\n${title}`);
  console.table(table);
  bad += Object.values(table).reduce((total, sum) => total + faults(sum), 0);
}

async function crashPoints(circumstances: Plan): Promise<Record<string, Sum>> {
  const table = Object.fromEntries(MODES.map((mode) => [mode as string, empty()]));
  for await (const run of everyFault(circumstances)) add(table[run.mode] ?? empty(), run.verdict);
  return table;
}

async function randomDays(count: number, circumstances: Plan = {}): Promise<void> {
  const days = empty();
  const first = Number(values.seed);
  for (let seed = first; seed < first + count; seed += 1) {
    const v = verdict(await simulate({ ...randomPlan(seed), ...circumstances }));
    add(days, v);
    if (faults(v) > 0) console.log(`seed ${seed}`, v);
  }
  report(`Random days, seeds ${first} to ${first + count - 1}`, { days });
}

const dynalite = await startDynalite();

if (values.mutants) {
  const table: Record<string, object> = {};
  const mistaken: Readonly<Record<string, Plan>> = {
    ...Object.fromEntries(Object.entries(MUTANTS).map(([name, mutant]) => [name, { mutant }])),
    ...Object.fromEntries(Object.entries(REWRITES).map(([name, how]) => [name, { open: numbered(dynalite, how) }])),
  };
  for (const [name, plan] of Object.entries(mistaken)) {
    const seen = await notice(plan);
    if (!seen) bad += 1;
    const { duplicates, silentLosses, wrong, unfinished, afterLeaving } = seen?.verdict ?? {};
    const shows = { duplicates, 'silent losses': silentLosses, wrong, unfinished, 'after leaving': afterLeaving };
    const first = Object.entries(shows).find(([, count]) => count);
    table[name] = seen
      ? { killed: 'yes', by: seen.mode, at: seen.effect, shows: first?.[0], runs: seen.runs }
      : { killed: 'NO' };
  }
  console.log('\nMistakes made on purpose');
  console.table(table);
}

report('One fault, resend once (default)', await crashPoints({}));
report('One fault, resend once, events take 20 minutes', await crashPoints({ events: 20 }));
report('One fault, resend once, several hours and languages', await crashPoints({ apart: true }));
report('One fault, at most once', await crashPoints({ policy: 'at-most-once' }));
report('One fault, no events at all', await crashPoints({ events: 'never' }));

if (values.dynamodb) {
  report('One fault, resend once, DynamoDB adapter on dynalite', await crashPoints({ open: dynalite.open }));
  const open = numbered(dynalite);
  report('The same, every request about the ledger an effect of its own', await crashPoints({ open }));
  await randomDays(Number(values.days) / 50, { open });
}

if (values.pairs) {
  const sum = empty();
  for await (const v of everyPair()) add(sum, v);
  report('All pairs of faults', { pairs: sum });
}

await randomDays(Number(values.days));
await dynalite.close();
process.exitCode = bad > 0 ? 1 : 0;
