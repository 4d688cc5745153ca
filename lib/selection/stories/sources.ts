import type { Attribution, ScoredItem } from '../model.ts';
import { addTerms, createTermIndex, findTerms } from '../terms.ts';
import { foldedText } from './folded.ts';
import official from './official.json' with { type: 'json' };

/** Two texts of which this share of words is the same are one text that both reprinted. */
const SAME_TEXT = 0.7;

const statements = createTermIndex();
addTerms(statements, 'official', Object.values(official).join(','));

/** One item of each text: reprints of the same wire copy count once, under the family that had it first. */
function independentTellings(items: readonly ScoredItem[]): ScoredItem[] {
  if (items.length < 2) return [...items];
  const kept: { item: ScoredItem; words: Set<string> }[] = [];
  const oldestFirst = [...items].sort((a, b) => order(time(a), time(b)) || order(a.item.key, b.item.key));
  for (const item of oldestFirst) {
    const words = new Set(foldedText(item.item).trim().split(' '));
    if (!kept.some((one) => overlap(one.words, words) >= SAME_TEXT)) kept.push({ item, words });
  }
  return kept.map(({ item }) => item);
}

/** Publisher families that reported independently, the first one first. */
export function independentFamilies(items: readonly ScoredItem[]): string[] {
  return [...new Set(independentTellings(items).map(({ item }) => item.family))];
}

/**
 * Where a story comes from, by rule: only state-controlled publishers; two or more other families with texts of their
 * own; one family that passes on what an authority stated; else one publisher.
 */
export function attribute(items: readonly ScoredItem[]): Attribution {
  if (items.every(({ item }) => item.control === 'state')) return 'state media';
  const families = independentFamilies(items.filter(({ item }) => item.control !== 'state'));
  if (families.length >= 2) return 'several independent';
  const official = items.some(({ item }) => findTerms(statements, foldedText(item)).length > 0);
  return official ? 'official statement' : 'one publisher';
}

/** When an item was published, else first seen. */
export function time({ item }: ScoredItem): string {
  return item.published ?? item.firstSeen;
}

/** By code units: the same on every machine, unlike `localeCompare`. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Shared words by all words (Jaccard). */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared || 1);
}
