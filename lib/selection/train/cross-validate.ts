import { createHash } from 'node:crypto';
import { averagePrecision, bestThreshold, type Judged, qualityAt } from '../measure.ts';
import { evidence, fitModel } from './fit.ts';
import type { Sample } from './read.ts';
import type { Vector } from './vectors.ts';

/** Parts that the items are divided into, by a hash of their id; each is judged by a model of the others. */
const FOLDS = 10;
/** Thresholds that are tried, as log-odds. */
const THRESHOLDS = Array.from({ length: 81 }, (_, i) => -4 + i / 10);

/** An item judged by a model that has not seen it. */
export interface Held extends Judged {
  readonly sample: Sample;
  readonly fold: number;
}

/** @param deal another one divides the items otherwise */
export function crossValidate(vectors: readonly Vector[], prior: (place: number) => number, deal = ''): Held[] {
  const foldOf = ({ id }: Sample) =>
    createHash('sha256')
      .update(deal + id)
      .digest()
      .readUInt32BE() % FOLDS;
  return Array.from({ length: FOLDS }, (_, fold) => {
    const fitted = fitModel(
      vectors.filter(({ sample }) => foldOf(sample) !== fold),
      prior,
    );
    const rest = vectors.filter(({ sample }) => foldOf(sample) === fold);
    return rest.map((one) => ({
      sample: one.sample,
      fold,
      label: one.sample.label ?? 0,
      score: evidence(fitted, one),
    }));
  }).flat();
}

/** The threshold that is best for all of them: the one to ship. */
export function thresholdOf(held: readonly Held[]): number {
  return bestThreshold(held, THRESHOLDS);
}

/** Scores less the threshold that the other folds would choose: what is 0 or more is picked, and nothing was chosen on it. */
export function nested(held: readonly Held[]): Held[] {
  const thresholds = Array.from({ length: FOLDS }, (_, fold) => thresholdOf(held.filter((one) => one.fold !== fold)));
  return held.map((one) => ({ ...one, score: one.score - (thresholds[one.fold] ?? 0) }));
}

/** The table that `evaluate` and the scorer print, for nested scores; AP is that of the scores as they were. */
export function tableOf(held: readonly Held[]): string[] {
  const judged = nested(held);
  const row = (name: string, wanted: (one: Held) => boolean) => {
    const { positives, negatives, precision, recall, f1 } = qualityAt(judged.filter(wanted), 0);
    const figures = [precision, recall, f1, averagePrecision(held.filter(wanted))];
    const shown = figures.map((x) => (100 * x).toFixed(1).padStart(7)).join('');
    return `${name.padEnd(6)}${String(positives).padStart(5)}${String(negatives).padStart(6)}${shown}`;
  };
  const languages = [...new Set(held.map(({ sample }) => sample.lang))].sort();
  return [
    'lang    pos   neg   prec    rec     F1     AP',
    ...languages.map((lang) => row(lang, ({ sample }) => sample.lang === lang)),
    row('ALL', () => true),
  ];
}

/** F1 and AP of several deals of the cards, since one alone is luck. */
export function spreadOf(deals: readonly (readonly Held[])[]): string {
  const percent = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return `${(100 * mean).toFixed(2)} (${values.map((value) => (100 * value).toFixed(1)).join(', ')})`;
  };
  const f1 = deals.map((held) => qualityAt(nested(held), 0).f1);
  return `F1 ${percent(f1)}, AP ${percent(deals.map(averagePrecision))}`;
}
