import type { Decision } from './model.ts';
import { fold } from './text.ts';

/** Kinds of reasons that are made of words of the item itself. */
const WORDS = new Set(['concept', 'actor', 'place']);
/** Words that begin alike this far say the same: `Russian`, `Russians`. */
const ALIKE = 5;

/**
 * The words that spoke most for an item, as its publisher wrote them, strongest first; none that says again what another
 * says ("drone attack", "attack"). For the one line that a reader gets.
 */
export function wordsFor({ reasons }: Pick<Decision, 'reasons'>, most: number): string[] {
  const chosen: string[] = [];
  for (const { kind, text, weight } of reasons) {
    if (weight <= 0 || !WORDS.has(kind)) continue;
    const words = text.replace(/^.*?: /, '');
    if (!chosen.some((other) => overlap(other, words))) chosen.push(words);
    if (chosen.length === most) break;
  }
  return chosen;
}

interface Folded {
  readonly text: string;
  readonly stems: readonly string[];
}

function overlap(a: string, b: string): boolean {
  const [one, other] = [folded(a), folded(b)];
  if (one.text.includes(other.text) || other.text.includes(one.text)) return true;
  return other.stems.some((stem) => stem.length === ALIKE && one.stems.includes(stem));
}

const known = new Map<string, Folded>();

/** The same few words speak for most items: each is folded once. */
function folded(words: string): Folded {
  const kept = known.get(words);
  if (kept) return kept;
  const text = fold(words).trim();
  const fresh = { text, stems: text.split(' ').map((word) => word.slice(0, ALIKE)) };
  known.set(words, fresh);
  return fresh;
}
