import { BUCKETS, NAMED, type Vector } from './vectors.ts';

export interface Fitted {
  readonly bias: number;
  readonly weights: Float64Array;
}

const EPOCHS = 20;
const RATE = 0.1;
/** Pull of named features towards their prior, and of n-grams towards nothing. */
const PULL_NAMED = 5e-3;
const PULL_WORDING = 2e-4;
/** "Related" items are neither: a soft target with little weight keeps them between the others. */
const RELATED = { target: 0.25, weight: 0.3 };

/**
 * Logistic regression by AdaGrad over sparse vectors, in a fixed pseudo-random order (the same data give the same model).
 * @param prior weight a named feature starts from and is pulled to, by its place
 */
export function fitModel(vectors: readonly Vector[], prior: (place: number) => number): Fitted {
  const start = Float64Array.from({ length: NAMED + BUCKETS }, (_, at) => (at < NAMED ? prior(at) : 0));
  const weights = start.slice();
  const seen = new Float64Array(weights.length).fill(1e-6);
  let bias = -2;
  let biasSeen = 1e-6;
  const random = createRandom(7);
  for (let epoch = 0; epoch < EPOCHS; epoch++)
    for (const vector of shuffle(vectors, random)) {
      const slope = error(vector, evidence({ bias, weights }, vector));
      biasSeen += slope * slope;
      bias -= (RATE * slope) / Math.sqrt(biasSeen);
      for (let k = 0; k < vector.at.length; k++) {
        const at = vector.at[k] ?? 0;
        const pull = at < NAMED ? PULL_NAMED : PULL_WORDING;
        const step = slope * (vector.value[k] ?? 0) + pull * ((weights[at] ?? 0) - (start[at] ?? 0));
        seen[at] = (seen[at] ?? 0) + step * step;
        weights[at] = (weights[at] ?? 0) - (RATE * step) / Math.sqrt(seen[at] ?? 1);
      }
    }
  return { bias, weights };
}

/** Log-odds that the model gives a vector. */
export function evidence({ bias, weights }: Fitted, { at, value }: Vector): number {
  let sum = bias;
  for (let k = 0; k < at.length; k++) sum += (weights[at[k] ?? 0] ?? 0) * (value[k] ?? 0);
  return sum;
}

function error({ sample }: Vector, logOdds: number): number {
  const p = 1 / (1 + Math.exp(-logOdds));
  if (sample.label === 1) return (p - RELATED.target) * RELATED.weight;
  return p - (sample.label === 2 ? 1 : 0);
}

/** Linear congruential generator (Numerical Recipes): 0 <= x < 1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
