import type { Signature } from './signature.ts';
import statistics from './statistics.json' with { type: 'json' };

/** Weights of the kinds of features, and how similar two items must be; found by search on grouped items. */
const KIND: Readonly<Record<string, number>> = { p: 1.005, n: 1.65, e: 1.065, d: 0.37, s: 0.755, w: 1.04 };
/** Share of the rarity in all news against the rarity in this batch (what everybody writes about tells least apart). */
const BACKGROUND = 0.31;
const RAREST = 4.4;
/** A word that is missing in another language says little. */
const MISSING_WORD = 0.168;
const HALF_LIFE_HOURS = 36;
const OTHER_FORMAT = 0.6;
/** Live blogs and round-ups tell of many events, so that two of them are not one story either. */
const ROLLING = /live|roundup/;
/** Titles that name different towns tell of different events. */
const OTHER_TOWN = 0.2;
const SAME_LANGUAGE = 0.195;
const OTHER_LANGUAGE = 0.41;

const COUNTS = Buffer.from(statistics.counts, 'base64');

/** Bucket of a feature in the table of background counts. */
export function bucket(feature: string, buckets = COUNTS.length): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < feature.length; i++) hash = Math.imul(hash ^ feature.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (buckets - 1);
}

/** Rarity of a feature in all news: the logarithm of how few items have it. */
function rarity(feature: string): number {
  const items = Math.exp((COUNTS[bucket(feature)] ?? 0) / statistics.steps) - 1;
  return Math.min(RAREST, Math.log((statistics.items + 1) / (items + 0.5)));
}

/** A signature with weighted features, ready to compare. */
export interface Weighted {
  readonly signature: Signature;
  readonly features: ReadonlyMap<string, number>;
  /** Lengths for comparing with items of the same language and of another one. */
  readonly lengths: { readonly same: number; readonly other: number };
}

/** Weighs features by kind, by place in the item and by rarity. */
export function weigh(signatures: readonly Signature[]): Weighted[] {
  const frequency = new Map<string, number>();
  for (const { features } of signatures)
    for (const feature of features.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  const total = signatures.length + 1;
  const rarities = new Map<string, number>();
  for (const [feature, items] of frequency) {
    const here = Math.log(total / (items + 0.5));
    rarities.set(feature, Math.max(0, BACKGROUND * rarity(feature) + (1 - BACKGROUND) * here));
  }
  return signatures.map((signature) => weighOne(signature, rarities));
}

function weighOne(signature: Signature, rarities: ReadonlyMap<string, number>): Weighted {
  const features = new Map<string, number>();
  const squares = { shared: 0, skeletons: 0, words: 0 };
  for (const [feature, count] of signature.features) {
    const kind = feature.charAt(0);
    const value = Math.sqrt(count) * (rarities.get(feature) ?? 0) * (KIND[kind] ?? 0);
    if (value <= 0) continue;
    features.set(feature, value);
    squares[kind === 's' ? 'skeletons' : kind === 'w' ? 'words' : 'shared'] += value * value;
  }
  const { shared, skeletons, words } = squares;
  return {
    signature,
    features,
    lengths: { same: Math.sqrt(shared + words), other: Math.sqrt(shared + MISSING_WORD * skeletons) },
  };
}

/**
 * How alike two items are, from the sum of products of what they share: 1 is alike enough to be one story. Skeletons of
 * words count between languages only, words within one only.
 */
export function similarity(a: Weighted, b: Weighted, shared: number): number {
  const same = a.signature.lang === b.signature.lang;
  const lengths = same ? a.lengths.same * b.lengths.same : a.lengths.other * b.lengths.other;
  if (lengths === 0) return 0;
  const hours = Math.abs(a.signature.at - b.signature.at) / 3_600_000;
  const time = Number.isFinite(hours) ? 0.5 ** (hours / HALF_LIFE_HOURS) : 1;
  const format = a.signature.format === b.signature.format && !ROLLING.test(a.signature.format) ? 1 : OTHER_FORMAT;
  const place = elsewhere(a.signature.towns, b.signature.towns) ? OTHER_TOWN : 1;
  return ((shared / lengths) * time * format * place) / (same ? SAME_LANGUAGE : OTHER_LANGUAGE);
}

function elsewhere(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && a.isDisjointFrom(b);
}

/** Whether a feature says something between these two items. */
export function counts(feature: string, a: Weighted, b: Weighted): boolean {
  return feature.charAt(0) !== 's' || a.signature.lang !== b.signature.lang;
}
