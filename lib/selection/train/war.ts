/**
 * Trains the model of the built-in profile from labelled items:
 *   npm run -s train -- LABELLED.jsonl[.gz] ... [--check]        (lines with id, label 0|1|2, title, summary, url)
 * Prints ten-fold cross-validation, with thresholds that the other folds choose, then writes
 * lib/selection/profile/war/model.json (not with --check). Only weights are kept, never text.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { LinearModel } from '../linear.ts';
import { war } from '../profile/war/index.ts';
import { round } from '../round.ts';
import { crossValidate, spreadOf, tableOf, thresholdOf } from './cross-validate.ts';
import { type Fitted, fitModel } from './fit.ts';
import { readItems } from './read.ts';
import { createVectoriser, NAMED } from './vectors.ts';

const DEALS = ['', 'a', 'b', 'c'];

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true });
const { vector, names, place } = createVectoriser(war);
// Findings that the items lack keep their prior.
for (const concept of Object.keys(war.concepts)) for (const where of ['title', 'body']) place(`${where}:${concept}`);
const vectors = positionals.flatMap(readItems).map(vector);

const deals = DEALS.map((deal) => crossValidate(vectors, prior, deal));
const [first = []] = deals;
console.log(tableOf(first).join('\n'));
console.log(`${DEALS.length} deals: ${spreadOf(deals)}`);
if (!values.check) {
  const file = new URL('../profile/war/model.json', import.meta.url);
  const threshold = deals.reduce((sum, held) => sum + thresholdOf(held), 0) / DEALS.length;
  writeFileSync(file, `${JSON.stringify(pack(fitModel(vectors, prior), threshold), null, 2)}\n`);
}

/** A concept's own weight in the title, half of it in the summary, nothing for what is made of several. */
function prior(at: number): number {
  const [where, concept = ''] = (names[at] ?? '').split(':');
  const share = where === 'title' ? 1 : where === 'body' ? 0.5 : 0;
  return share * (war.concepts[concept]?.weight ?? 0);
}

/** Shifts the bias so that the threshold becomes a score of 0.5, parts wording from length, and rounds the weights. */
function pack({ bias, weights }: Fitted, threshold: number): LinearModel {
  const wording = weights.subarray(NAMED);
  const { usual, length } = lengthEffect(weights);
  const step = wording.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
  const features = names.map((name, at) => [name, round(weights[at] ?? 0, 2)] as const);
  return {
    bias: round(bias - threshold + usual * length, 2),
    features: Object.fromEntries(features.sort(([a], [b]) => (a < b ? -1 : 1))),
    wording: {
      weights: Buffer.from(Int8Array.from(wording, (weight) => Math.round(weight / step))).toString('base64'),
      ...{ step, usual: round(usual, 4), length: round(length, 1) },
    },
  };
}

/** Least squares through the origin of what wording adds up to by the sum of its values; and the mean of that sum. */
function lengthEffect(weights: Float64Array): { readonly usual: number; readonly length: number } {
  let [products, squares, all] = [0, 0, 0];
  for (const { at, value } of vectors) {
    let [sum, length] = [0, 0];
    for (const [i, place] of at.entries()) {
      if (place < NAMED) continue;
      sum += (weights[place] ?? 0) * (value[i] ?? 0);
      length += value[i] ?? 0;
    }
    products += sum * length;
    squares += length * length;
    all += length;
  }
  return { usual: products / squares, length: all / vectors.length };
}
