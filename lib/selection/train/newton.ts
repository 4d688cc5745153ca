/** One example of a small logistic regression. */
export interface Example {
  readonly values: readonly number[];
  readonly target: 0 | 1;
  readonly weight: number;
}

const STEPS = 12;

/**
 * Logistic regression of a few values by Newton's method, with a pull of all weights (of the standardised values)
 * towards nothing. Returns the weights of the values as they are.
 */
export function fitLogistic(examples: readonly Example[], pull: number): { bias: number; weights: number[] } {
  const { means, spreads } = spreadOf(examples);
  const rows = examples.map(({ values }) => [1, ...values.map((v, k) => (v - (means[k] ?? 0)) / (spreads[k] ?? 1))]);
  let weights = means.map(() => 0);
  weights.unshift(0);
  for (let step = 0; step < STEPS; step++) weights = improve(examples, rows, weights, pull);
  const own = means.map((_, k) => (weights[k + 1] ?? 0) / (spreads[k] ?? 1));
  const bias = own.reduce((sum, w, k) => sum - w * (means[k] ?? 0), weights[0] ?? 0);
  return { bias, weights: own };
}

function spreadOf(examples: readonly Example[]): { means: number[]; spreads: number[] } {
  const count = examples.length;
  const width = examples[0]?.values.length ?? 0;
  const means = Array.from({ length: width }, (_, k) => examples.reduce((s, e) => s + (e.values[k] ?? 0), 0) / count);
  const spreads = means.map(
    (mean, k) => Math.sqrt(examples.reduce((s, e) => s + ((e.values[k] ?? 0) - mean) ** 2, 0) / count) || 1,
  );
  return { means, spreads };
}

function improve(examples: readonly Example[], rows: readonly number[][], weights: number[], pull: number): number[] {
  const slope = weights.map((w, k) => (k > 0 ? pull * w : 0));
  const curve = weights.map((_, k) => weights.map((__, m) => (k === m ? (k > 0 ? pull : 1e-6) : 0)));
  for (const [n, row] of rows.entries()) {
    const { target = 0, weight = 1 } = examples[n] ?? {};
    const p = 1 / (1 + Math.exp(-row.reduce((sum, v, k) => sum + v * (weights[k] ?? 0), 0)));
    for (const [k, v] of row.entries()) {
      slope[k] = (slope[k] ?? 0) + (p - target) * weight * v;
      const line = curve[k];
      if (line) for (const [m, u] of row.entries()) line[m] = (line[m] ?? 0) + p * (1 - p) * weight * v * u;
    }
  }
  const change = solve(curve, slope);
  return weights.map((w, k) => w - (change[k] ?? 0));
}

/** Gaussian elimination with the greatest pivot. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const at = (r: number, c: number) => rows[r]?.[c] ?? 0;
  const size = rows.length;
  for (let c = 0; c < size; c++) {
    rows.splice(c, size - c, ...rows.slice(c).sort((x, y) => Math.abs(y[c] ?? 0) - Math.abs(x[c] ?? 0)));
    for (let r = c + 1; r < size; r++) {
      const factor = at(r, c) / at(c, c);
      const row = rows[r];
      if (row) for (let k = c; k <= size; k++) row[k] = (row[k] ?? 0) - factor * at(c, k);
    }
  }
  const found = right.map(() => 0);
  for (let c = size - 1; c >= 0; c--)
    found[c] = (at(c, size) - found.reduce((sum, v, k) => (k > c ? sum + at(c, k) * v : sum), 0)) / at(c, c);
  return found;
}
