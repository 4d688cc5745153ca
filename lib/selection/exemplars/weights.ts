import type { Profile } from '../profile.ts';
import statistics from '../stories/statistics.json' with { type: 'json' };
import { bucket } from '../stories/weights.ts';

/** Rarity below which a name says nothing; the most frequent country has 3. */
const COMMONEST = 2;
const COUNTS = Buffer.from(statistics.counts, 'base64');

/** How much a concept says about what an article is about: whichever way it weighs. */
export function conceptWeight({ concepts }: Profile): (id: string) => number {
  return (id) => Math.abs(concepts[id]?.weight ?? 0);
}

/** A town says more than a country that is in all news. */
export function nameWeight(name: string): number {
  return Math.min(rarity(`p:${name}`), rarity(`n:${name}`)) - COMMONEST;
}

/** The logarithm of how few items of all news have a feature (see `Signature`). */
export function rarity(feature: string): number {
  const items = Math.exp((COUNTS[bucket(feature, COUNTS.length)] ?? 0) / statistics.steps) - 1;
  return Math.log((statistics.items + 1) / (items + 0.5));
}
