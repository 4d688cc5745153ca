/**
 * Trains the model of the built-in profile from labelled items and writes lib/selection/profile/war/model.json:
 *   node lib/selection/train/war.ts LABELLED.jsonl[.gz] ...        (lines with id, label 0|1|2, title, summary)
 * First reports ten-fold cross-validation (folds by a hash of the id). Only weights are kept, never text.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { LinearModel } from '../linear.ts';
import { averagePrecision, bestThreshold, qualityAt } from '../measure.ts';
import { war } from '../profile/war/index.ts';
import { evidence, type Fitted, fitModel } from './fit.ts';
import { readItems } from './read.ts';
import { createVectoriser, NAMED } from './vectors.ts';

const FOLDS = 10;
const { vector, names, place } = createVectoriser(war);
// Findings that the items lack keep their prior.
for (const concept of Object.keys(war.concepts)) for (const where of ['title', 'body']) place(`${where}:${concept}`);
const vectors = process.argv.slice(2).flatMap(readItems).map(vector);

/** A concept's own weight in the title, half of it in the summary, nothing for what is made of several. */
function prior(place: number): number {
  const [where, concept = ''] = (names[place] ?? '').split(':');
  const share = where === 'title' ? 1 : where === 'body' ? 0.5 : 0;
  return share * (war.concepts[concept]?.weight ?? 0);
}

const foldOf = (id: string): number => createHash('sha256').update(id).digest().readUInt32BE() % FOLDS;
const held = Array.from({ length: FOLDS }, (_, fold) => {
  const fitted = fitModel(
    vectors.filter(({ sample }) => foldOf(sample.id) !== fold),
    prior,
  );
  const rest = vectors.filter(({ sample }) => foldOf(sample.id) === fold);
  return rest.map((one) => ({ sample: one.sample, label: one.sample.label ?? 0, score: evidence(fitted, one) }));
}).flat();

const threshold = bestThreshold(
  held,
  Array.from({ length: 61 }, (_, i) => -3 + i / 10),
);
report('all', held);
for (const [lang, judged] of Object.entries(Object.groupBy(held, ({ sample }) => sample.lang)))
  if (judged) report(lang, judged);
writeFileSync(
  new URL('../profile/war/model.json', import.meta.url),
  `${JSON.stringify(pack(fitModel(vectors, prior)))}\n`,
);

function report(name: string, judged: typeof held): void {
  const { positives, negatives, precision, recall, f1 } = qualityAt(judged, threshold);
  const figures = [precision, recall, f1, averagePrecision(judged)].map((x) => (100 * x).toFixed(1).padStart(6));
  console.log(
    `${name.padEnd(5)}${String(positives).padStart(5)}${String(negatives).padStart(5)}  P R F1 AP ${figures.join('')}`,
  );
}

/** Shifts the bias so that the best threshold becomes a score of 0.5, and rounds the weights. */
function pack({ bias, weights }: Fitted): LinearModel {
  const wording = weights.subarray(NAMED);
  const step = wording.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
  const features = names.map((name, at) => [name, Math.round((weights[at] ?? 0) * 100) / 100] as const);
  return {
    bias: Math.round((bias - threshold) * 100) / 100,
    features: Object.fromEntries(features.sort(([a], [b]) => (a < b ? -1 : 1))),
    wording: {
      weights: Buffer.from(Int8Array.from(wording, (weight) => Math.round(weight / step))).toString('base64'),
      step,
    },
  };
}
