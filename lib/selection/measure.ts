/** A labelled item and what was said of it: 0 not, 1 related (counted nowhere here), 2 covers the topic. */
export interface Judged {
  readonly label: 0 | 1 | 2;
  readonly score: number;
}

export interface Quality {
  readonly positives: number;
  readonly negatives: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Precision, recall and F1 when everything that scores `threshold` or more is picked. */
export function qualityAt(judged: readonly Judged[], threshold: number): Quality {
  const count = (label: number, picked: boolean) =>
    judged.filter((one) => one.label === label && one.score >= threshold === picked).length;
  const [hits, missed, wrong, left] = [count(2, true), count(2, false), count(0, true), count(0, false)];
  return {
    positives: hits + missed,
    negatives: wrong + left,
    precision: hits / (hits + wrong || 1),
    recall: hits / (hits + missed || 1),
    f1: (2 * hits) / (2 * hits + wrong + missed || 1),
  };
}

/** Mean of the precision at each positive, best score first; of equal scores the negatives come first. */
export function averagePrecision(judged: readonly Judged[]): number {
  const ranked = judged.filter(({ label }) => label !== 1).sort((a, b) => b.score - a.score || a.label - b.label);
  let hits = 0;
  let sum = 0;
  for (const [i, { label }] of ranked.entries()) if (label === 2) sum += ++hits / (i + 1);
  return hits === 0 ? 0 : sum / hits;
}

/** The highest threshold whose F1 is within 0.002 of the best: of equals, the one that picks less. */
export function bestThreshold(judged: readonly Judged[], candidates: readonly number[]): number {
  const scored = candidates.map((threshold) => ({ threshold, f1: qualityAt(judged, threshold).f1 }));
  const best = Math.max(...scored.map(({ f1 }) => f1));
  return Math.max(...scored.filter(({ f1 }) => f1 >= best - 0.002).map(({ threshold }) => threshold));
}
