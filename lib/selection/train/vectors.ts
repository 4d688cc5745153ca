import { createFinder, foldItem } from '../features.ts';
import { detectLanguage } from '../language.ts';
import { wordingOf } from '../linear.ts';
import type { Profile } from '../profile.ts';
import type { Sample } from './read.ts';

/** Buckets of hashed n-grams: 2^15 int8 weights are 32 KB. */
export const BUCKETS = 2 ** 15;
/** Room for named features before the buckets. */
export const NAMED = 1024;

export interface Vector {
  readonly sample: Sample;
  readonly at: Int32Array;
  readonly value: Float64Array;
}

interface Vectoriser {
  readonly vector: (sample: Sample) => Vector;
  /** `names[i]` is feature i. */
  readonly names: readonly string[];
  /** Number of a named feature, made when it is new. */
  readonly place: (feature: string) => number;
}

/** Turns samples into sparse vectors: one place per named feature, then one per bucket. */
export function createVectoriser(profile: Profile): Vectoriser {
  const find = createFinder(profile);
  const names: string[] = [];
  const places = new Map<string, number>();
  const place = (feature: string): number => {
    const known = places.get(feature);
    if (known !== undefined) return known;
    if (names.length === NAMED) throw new Error(`more than ${NAMED} named features`);
    places.set(feature, names.length);
    return names.push(feature) - 1;
  };
  const vector = (sample: Sample): Vector => {
    const item = foldItem({ ...sample, link: sample.url ?? null });
    const values = new Map<number, number>();
    for (const { feature } of find(item, detectLanguage(`${sample.title} ${sample.summary}`)))
      values.set(place(feature), 1);
    wordingOf(item, BUCKETS, (bucket, value) => values.set(NAMED + bucket, (values.get(NAMED + bucket) ?? 0) + value));
    return { sample, at: Int32Array.from(values.keys()), value: Float64Array.from(values.values()) };
  };
  return { vector, names, place };
}
