import { type Fault, MODES, type Mode } from './effects.ts';
import { type Plan, simulate } from './simulate.ts';
import { faults, type Verdict, verdict } from './verdict.ts';

export interface Found {
  readonly mode: Mode;
  readonly at: number;
  readonly effect: string;
  readonly verdict: Verdict;
}

/** Every effect of the undisturbed day, gone wrong in every way: one run each. */
export async function* everyFault(circumstances: Plan = {}, modes: readonly Mode[] = MODES): AsyncGenerator<Found> {
  const { effects } = await simulate({ ...circumstances, faults: [] });
  for (const mode of modes)
    for (const [at, effect] of effects.entries())
      yield { mode, at, effect, verdict: verdict(await simulate({ ...circumstances, faults: [{ at, mode }] })) };
}

/** Every pair of effects of the undisturbed day, the first gone wrong in one way and the second in another. */
export async function* everyPair(circumstances: Plan = {}, modes: readonly Mode[] = MODES): AsyncGenerator<Verdict> {
  const { effects } = await simulate({ ...circumstances, faults: [] });
  for (const [first] of effects.entries())
    for (let second = first + 1; second < effects.length; second += 1)
      for (const a of modes)
        for (const b of modes) {
          const faults: Fault[] = [
            { at: first, mode: a },
            { at: second, mode: b },
          ];
          yield verdict(await simulate({ ...circumstances, faults }));
        }
}

/** How a mistake in the code shows. */
export interface Noticed {
  /** The effect at which something went wrong, or a reader left. */
  readonly effect: string;
  readonly mode: Mode | 'the reader leaves';
  readonly verdict: Verdict;
  readonly runs: number;
}

/** The first fault, or leaving of a reader, that shows the mistake; events are slow, so that nothing else can mend it. */
export async function notice(mistaken: Plan): Promise<Noticed | undefined> {
  const { effects } = await simulate(mistaken);
  let runs = 0;
  for (const [at, effect] of effects.entries())
    for (const mode of ['the reader leaves', ...MODES] as const) {
      const plan: Plan = mode === 'the reader leaves' ? { leavesAt: at } : { faults: [{ at, mode }] };
      const found = verdict(await simulate({ ...plan, ...mistaken, events: 20 }));
      runs += 1;
      if (faults(found) > 0) return { effect, mode, verdict: found, runs };
    }
  return undefined;
}

/** A small generator with a known sequence per seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A day with up to four faults, slow or missing events, doubled and reordered jobs, and perhaps a reader who leaves. */
export function randomPlan(seed: number): Plan {
  const random = randomFrom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(from: readonly [T, ...T[]]): T => from[below(from.length)] ?? from[0];
  const faults = Array.from({ length: 1 + below(4) }, () => ({
    at: below(70),
    mode: MODES[below(MODES.length)] ?? 'crash before',
  }));
  return {
    faults,
    readers: 2 + below(4),
    policy: pick(['resend-once', 'at-most-once']),
    events: pick([0, 0, 3, 20, 'never']),
    ...(random() < 0.3 && { leavesAt: below(60) }),
    random,
  };
}
