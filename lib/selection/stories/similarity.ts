import type { Signature } from './signature.ts';
import statistics from './statistics.json' with { type: 'json' };

/** Weights of the kinds of features, and how similar two items must be; found by search on grouped items. */
const KIND: Readonly<Record<string, number>> = { p: 0.97, n: 1.49, e: 0.97, d: 0.59, s: 0.6, w: 1.04 };
/** Share of the rarity in all news against the rarity in this batch (what everybody writes about tells least apart). */
const BACKGROUND = 0.34;
const RAREST = 5;
/** A word that is missing in another language says little. */
const MISSING_WORD = 0.215;
const HALF_LIFE_HOURS = 33;
const OTHER_FORMAT = 0.6;
const SAME_LANGUAGE = 0.23;
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
  /** Features that can be compared with every language, and those of this language only. */
  readonly shared: ReadonlyMap<string, number>;
  readonly skeletons: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
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
  const parts = { s: new Map<string, number>(), w: new Map<string, number>(), shared: new Map<string, number>() };
  for (const [feature, count] of signature.features) {
    const kind = feature.charAt(0);
    const value = Math.sqrt(count) * (rarities.get(feature) ?? 0) * (KIND[kind] ?? 0);
    if (value > 0) (kind === 's' ? parts.s : kind === 'w' ? parts.w : parts.shared).set(feature, value);
  }
  const shared = squares(parts.shared);
  return {
    signature,
    shared: parts.shared,
    skeletons: parts.s,
    words: parts.w,
    lengths: {
      same: Math.sqrt(shared + squares(parts.w)),
      other: Math.sqrt(shared + MISSING_WORD * squares(parts.s)),
    },
  };
}

function squares(values: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const value of values.values()) sum += value * value;
  return sum;
}

/** How alike two items are: 1 is alike enough to be one story. Symmetric. */
export function similarity(a: Weighted, b: Weighted): number {
  const same = a.signature.lang === b.signature.lang;
  const common = dot(a.shared, b.shared) + (same ? dot(a.words, b.words) : dot(a.skeletons, b.skeletons));
  if (common === 0) return 0;
  const lengths = same ? a.lengths.same * b.lengths.same : a.lengths.other * b.lengths.other;
  const hours = Math.abs(a.signature.at - b.signature.at) / 3_600_000;
  const time = Number.isFinite(hours) ? 0.5 ** (hours / HALF_LIFE_HOURS) : 1;
  const format = a.signature.format === b.signature.format ? 1 : OTHER_FORMAT;
  return ((common / lengths) * time * format) / (same ? SAME_LANGUAGE : OTHER_LANGUAGE);
}

function dot(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [feature, value] of few) sum += value * (many.get(feature) ?? 0);
  return sum;
}
