import { type Link, SILENCE } from './cluster.ts';
import { cosine, counts, logOdds, type PairModel } from './pair.ts';
import type { Weighted } from './weights.ts';

/** Cosine by the rarer features alone that makes a pair worth a full comparison. */
const WORTH = 0.04;
/** A feature of more items proposes no pairs: it tells little apart, and pairs grow with its square. */
const COMMON = 120;

/** Items that have a feature, and what it weighs in each. */
interface Posting {
  readonly items: number[];
  readonly values: number[];
}

/** The pairs that are somewhat alike, each once, found by an index of the rarer features. */
export function findLinks(items: readonly Weighted[], model?: PairModel): Link[] {
  const common = commonFeatures(items);
  const postings = new Map<string, Posting>();
  const sums = new Float64Array(items.length);
  const links: Link[] = [];
  for (const [a, item] of items.entries()) {
    for (const b of gather(item, items, postings, sums)) {
      const other = items[b];
      const shared = sums[b] ?? 0;
      sums[b] = 0;
      if (!other || cosine(item, other, shared) < WORTH) continue;
      const evidence = logOdds(item, other, model);
      if (evidence > SILENCE) links.push({ a: b, b: a, evidence });
    }
    for (const [feature, { value }] of item.features) if (!common.has(feature)) post(postings, feature, a, value);
  }
  return links;
}

function commonFeatures(items: readonly Weighted[]): Set<string> {
  const frequency = new Map<string, number>();
  for (const { features } of items)
    for (const feature of features.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  return new Set([...frequency].filter(([, times]) => times > COMMON).map(([feature]) => feature));
}

function post(postings: Map<string, Posting>, feature: string, item: number, value: number): void {
  const known = postings.get(feature);
  if (known) {
    known.items.push(item);
    known.values.push(value);
  } else postings.set(feature, { items: [item], values: [value] });
}

/** Adds up in `sums` what `item` shares with each earlier item; returns those it touched. */
function gather(
  item: Weighted,
  items: readonly Weighted[],
  postings: ReadonlyMap<string, Posting>,
  sums: Float64Array,
): number[] {
  const touched: number[] = [];
  for (const [feature, { value }] of item.features) {
    const posting = postings.get(feature);
    for (let k = 0; k < (posting?.items.length ?? 0); k++) {
      const b = posting?.items[k] ?? 0;
      const other = items[b];
      if (!other || !counts(feature, item, other)) continue;
      const sum = sums[b] ?? 0;
      if (sum === 0) touched.push(b);
      sums[b] = sum + value * (posting?.values[k] ?? 0);
    }
  }
  return touched;
}
