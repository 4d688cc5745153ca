import { IN_TITLE, type Signature } from './signature.ts';
import statistics from './statistics.json' with { type: 'json' };

/** How much each kind of feature counts. */
export const KIND: Readonly<Record<string, number>> = { p: 1.005, n: 1.65, e: 1.065, d: 0.37, s: 0.755, w: 1.04 };
/** Share of the rarity in all news against the rarity in this batch (what everybody writes about tells least apart). */
const BACKGROUND = 0.31;
const RAREST_IN_NEWS = 5.5;
/** Rarities in a batch run up to this, whatever its size. */
const RAREST_HERE = 4.2;
/** A smaller batch tells nothing more about what is rare than one of this size. */
const SMALLEST_BATCH = 30;
/** A word that is missing in another language says little. */
const MISSING_WORD = 0.168;

const COUNTS = Buffer.from(statistics.counts, 'base64');

/** A feature of one item. */
export interface Weight {
  /** Number of the feature in this batch. */
  readonly id: number;
  readonly kind: string;
  /** Part of the cosine: rarity, kind, and how much the item says it. */
  readonly value: number;
  /** Rarity in this batch and in all news, about 0..4.5. */
  readonly rarity: number;
  /** Rarity in all news alone. */
  readonly known: number;
  readonly inTitle: boolean;
}

/** A signature with weighted features, ready to compare. */
export interface Weighted {
  readonly signature: Signature;
  /** By rising number, so that two lists are compared in one walk. */
  readonly features: readonly Weight[];
  /** Lengths for comparing with items of the same language and of another one. */
  readonly lengths: { readonly same: number; readonly other: number };
  /** Numbers of the people named in the title. */
  readonly people: readonly number[];
}

type Rarity = Pick<Weight, 'id' | 'kind' | 'rarity' | 'known'>;

/** Bucket of a feature in the table of background counts. */
export function bucket(feature: string, buckets = COUNTS.length): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < feature.length; i++) hash = Math.imul(hash ^ feature.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (buckets - 1);
}

/** Logarithm of how few items of all news have a feature (see `Signature`). */
export function rarityInNews(feature: string): number {
  const items = Math.exp((COUNTS[bucket(feature)] ?? 0) / statistics.steps) - 1;
  return Math.log((statistics.items + 1) / (items + 0.5));
}

/** Weighs features by kind, by place in the item and by rarity. What only one item has is left out but for its length. */
export function weigh(signatures: readonly Signature[]): Weighted[] {
  const frequency = new Map<string, number>();
  for (const { features } of signatures)
    for (const feature of features.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  const total = Math.log(Math.max(SMALLEST_BATCH, signatures.length + 1));
  const rarities = new Map<string, Rarity>();
  for (const [feature, items] of frequency) {
    const known = Math.min(RAREST_IN_NEWS, rarityInNews(feature));
    const here = RAREST_HERE * Math.max(0, 1 - Math.log(items + 0.5) / total);
    const rarity = Math.max(0, BACKGROUND * known + (1 - BACKGROUND) * here);
    rarities.set(feature, { id: items > 1 ? rarities.size : ALONE, kind: feature.charAt(0), known, rarity });
  }
  return signatures.map((signature) => weighOne(signature, rarities));
}

/** Number of all features that only one item has. */
const ALONE = -1;

function weighOne(signature: Signature, rarities: ReadonlyMap<string, Rarity>): Weighted {
  const features: Weight[] = [];
  const squares = { shared: 0, skeletons: 0, words: 0 };
  for (const [feature, count] of signature.features) {
    const found = rarities.get(feature);
    const value = Math.sqrt(count) * (found?.rarity ?? 0) * (KIND[found?.kind ?? ''] ?? 0);
    if (!found || value <= 0) continue;
    if (found.id !== ALONE) features.push({ ...found, value, inTitle: count >= IN_TITLE });
    squares[found.kind === 's' ? 'skeletons' : found.kind === 'w' ? 'words' : 'shared'] += value * value;
  }
  const { shared, skeletons, words } = squares;
  return {
    signature,
    features: features.sort((a, b) => a.id - b.id),
    lengths: { same: Math.sqrt(shared + words), other: Math.sqrt(shared + MISSING_WORD * skeletons) },
    people: [...signature.features].flatMap(([name, count]) =>
      count >= IN_TITLE && name.startsWith('n:') ? [bucket(name)] : [],
    ),
  };
}
