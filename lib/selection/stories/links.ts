import { type Link, SILENCE } from './cluster.ts';
import { cosine, counts, logOdds, type PairModel } from './pair.ts';
import type { Weighted } from './weights.ts';

/** Cosine by the rarer features alone that makes a pair of one language, or of two, worth a full comparison. */
const WORTH = { same: 0.08, other: 0.2 } as const;
/** A feature of more items proposes no pairs: it tells little apart, and pairs grow with its square. */
const COMMON = 80;

/** Items that have a feature, and what it weighs in each. */
interface Posting {
  readonly items: number[];
  readonly values: number[];
}

/** The pairs that are somewhat alike, each once, found by an index of the rarer features. */
export function findLinks(items: readonly Weighted[], model?: PairModel): Link[] {
  const common = commonFeatures(items);
  const postings: Posting[] = [];
  const sums = new Float64Array(items.length);
  const links: Link[] = [];
  for (const [a, item] of items.entries()) {
    for (const b of gather(item, items, postings, sums)) {
      const other = items[b];
      const shared = sums[b] ?? 0;
      sums[b] = 0;
      if (
        !other ||
        cosine(item, other, shared) < WORTH[item.signature.lang === other.signature.lang ? 'same' : 'other']
      )
        continue;
      const evidence = logOdds(item, other, model);
      if (evidence > SILENCE) links.push({ a: b, b: a, evidence });
    }
    for (const { id, value } of item.features) if (!common.has(id)) post(postings, id, a, value);
  }
  return links;
}

function commonFeatures(items: readonly Weighted[]): Set<number> {
  const frequency: number[] = [];
  for (const { features } of items) for (const { id } of features) frequency[id] = (frequency[id] ?? 0) + 1;
  return new Set(frequency.flatMap((times, id) => (times > COMMON ? [id] : [])));
}

function post(postings: Posting[], feature: number, item: number, value: number): void {
  const known = postings[feature];
  if (known) {
    known.items.push(item);
    known.values.push(value);
  } else postings[feature] = { items: [item], values: [value] };
}

/** Adds up in `sums` what `item` shares with each earlier item; returns those it touched. */
function gather(
  item: Weighted,
  items: readonly Weighted[],
  postings: readonly Posting[],
  sums: Float64Array,
): number[] {
  const touched: number[] = [];
  for (const feature of item.features) {
    const posting = postings[feature.id];
    for (let k = 0; k < (posting?.items.length ?? 0); k++) {
      const b = posting?.items[k] ?? 0;
      const other = items[b];
      if (!other || !counts(feature, item, other)) continue;
      const sum = sums[b] ?? 0;
      if (sum === 0) touched.push(b);
      sums[b] = sum + feature.value * (posting?.values[k] ?? 0);
    }
  }
  return touched;
}
