import { describe, expect, test } from 'vitest';
import { averagePrecision, bestThreshold, type Judged, qualityAt } from '../../lib/selection/measure.ts';

const judged: Judged[] = [
  { label: 2, score: 0.9 },
  { label: 0, score: 0.8 },
  { label: 2, score: 0.7 },
  { label: 1, score: 0.6 },
  { label: 0, score: 0.1 },
];

describe('measures', () => {
  test('precision and recall leave related items out', () => {
    expect(qualityAt(judged, 0.5)).toMatchObject({ positives: 2, negatives: 2, precision: 2 / 3, recall: 1, f1: 0.8 });
  });

  test('average precision is the mean of the precision at each positive', () => {
    expect(averagePrecision(judged)).toBeCloseTo((1 + 2 / 3) / 2, 10);
  });

  test('without positives there is nothing to find', () => {
    expect(averagePrecision([{ label: 0, score: 1 }])).toBe(0);
    expect(qualityAt([], 0.5).f1).toBe(0);
  });

  test('of thresholds that are equally good the highest is chosen', () => {
    expect(bestThreshold(judged, [0.2, 0.5, 0.7, 0.85])).toBe(0.7);
  });
});
