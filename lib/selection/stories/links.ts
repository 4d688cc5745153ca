import type { Link } from './cluster.ts';
import { similarity, type Weighted } from './similarity.ts';

/** Below this similarity a pair cannot carry a group. */
const WEAKEST = 0.25;
/** A feature that more items share proposes no pairs: it tells nothing apart, and pairs grow with its square. */
const COMMON_SHARE = 0.02;
const COMMON_LEAST = 200;

/** The pairs worth comparing, by an index of the rarer features, with their similarity. */
export function findLinks(items: readonly Weighted[]): Link[] {
  const postings = new Map<string, number[]>();
  const common = Math.max(COMMON_LEAST, items.length * COMMON_SHARE);
  for (const [i, item] of items.entries())
    for (const part of [item.shared, item.words, item.skeletons])
      for (const feature of part.keys()) {
        const list = postings.get(feature);
        if (list) list.push(i);
        else postings.set(feature, [i]);
      }
  const links: Link[] = [];
  const proposed = new Float64Array(items.length);
  for (const [a, item] of items.entries())
    for (const b of partners(a, item, postings, common, proposed)) {
      const other = items[b];
      const alike = other ? similarity(item, other) : 0;
      if (alike >= WEAKEST) links.push({ a, b, similarity: alike });
    }
  return links;
}

/** Earlier items that share enough weight with `item`; `proposed` is scratch space, left empty. */
function partners(
  a: number,
  item: Weighted,
  postings: ReadonlyMap<string, readonly number[]>,
  common: number,
  proposed: Float64Array,
): number[] {
  const touched: number[] = [];
  for (const part of [item.shared, item.words, item.skeletons])
    for (const [feature, value] of part) {
      const list = postings.get(feature) ?? [];
      if (list.length > common) continue;
      for (const b of list) {
        if (b >= a) break;
        if (proposed[b] === 0) touched.push(b);
        proposed[b] = (proposed[b] ?? 0) + value * value;
      }
    }
  const enough = 0.02 * item.lengths.other * item.lengths.other;
  const found = touched.filter((b) => (proposed[b] ?? 0) >= enough);
  for (const b of touched) proposed[b] = 0;
  return found;
}
