import type { FoldedItem } from './features.ts';
import { isIdeograph } from './text.ts';

/** Trained weights of a linear model: readable features by name, wording by hashed n-grams. */
export interface LinearModel {
  readonly bias: number;
  readonly features: Readonly<Record<string, number>>;
  readonly wording: {
    /** One int8 weight per bucket, base64; the number of buckets is a power of two. */
    readonly weights: string;
    /** Value of one step of a weight. */
    readonly step: number;
    /** What the wording of any text adds up to, by its length, and the usual length: wording is told apart from length. */
    readonly usual: number;
    readonly length: number;
  };
}

const FNV = 0x01000193;
const SEED = 0x811c9dc5;
const SPACE = 32;
const TITLE = 0x9e3779b9;

/**
 * Hashes of a text's n-grams: letters 3 to 5 within words, whole words and pairs of words; 1 to 3 signs of Chinese and
 * Japanese. `add` is called once per occurrence.
 */
function hashWording(text: string, seed: number, add: (hash: number) => void): void {
  let word = SEED ^ seed;
  let before = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isIdeograph(code)) {
      grams(text, i, 1, 3, seed, add);
      continue;
    }
    grams(text, i, 3, 5, seed, add);
    if (code !== SPACE) {
      word = Math.imul(word ^ code, FNV);
    } else if (i > 0) {
      add(word ^ 0x5bd1e995);
      if (before !== 0) add(Math.imul(before, FNV) ^ word);
      before = word;
      word = SEED ^ seed;
    }
  }
}

/** N-grams that begin at `start`; those of letters end at the word's end (its space included). */
function grams(text: string, start: number, min: number, max: number, seed: number, add: (hash: number) => void): void {
  let hash = SEED ^ seed;
  for (let n = 1; n <= max && start + n <= text.length; n++) {
    const code = text.charCodeAt(start + n - 1);
    hash = Math.imul(hash ^ code, FNV);
    if (n >= min) add(hash ^ (n * 0x27d4eb2f));
    if (code === SPACE && n > 1) return;
  }
}

/** Calls `add` with the bucket of every n-gram and its value; a long item weighs as much as a short one. */
export function wordingOf(item: FoldedItem, buckets: number, add: (bucket: number, value: number) => void): void {
  for (const [text, seed] of [
    [item.title, TITLE],
    [item.title, 0],
    [item.summary, 0],
  ] as const) {
    const found: number[] = [];
    if (text.length > 2) hashWording(text, seed, (hash) => found.push((hash ^ (hash >>> 15)) & (buckets - 1)));
    const value = 1 / Math.sqrt(found.length || 1);
    for (const bucket of found) add(bucket, value);
  }
}

/** Log-odds: how much more than any text of its length an item's wording speaks for the topic, and what its length says. */
export interface Wording {
  readonly wording: number;
  /** Above 0 for a short text: in it what is found counts more. */
  readonly length: number;
}

/** What an item's words say by the learnt table, whatever concepts it has. */
export function createWordingScore({ wording }: LinearModel): (item: FoldedItem) => Wording {
  const weights = new Int8Array(Buffer.from(wording.weights, 'base64'));
  return (item) => {
    let sum = 0;
    let length = 0;
    wordingOf(item, weights.length, (bucket, value) => {
      sum += (weights[bucket] ?? 0) * value;
      length += value;
    });
    return { wording: sum * wording.step - wording.usual * length, length: wording.usual * (length - wording.length) };
  };
}
