import { fold, isIdeograph } from './text.ts';

/** What a found term stands for, and where it was found in the folded text. */
export interface Hit {
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

interface Pattern {
  readonly id: string;
  /** May go on after the last letter, to the end of the word (`front*`). */
  readonly open: boolean;
  /** The words after the first one, each with its own openness (`rosyj* wojsk*`). */
  readonly rest: readonly { readonly word: string; readonly open: boolean }[];
}

interface Node {
  readonly next: Map<number, Node>;
  readonly patterns: Pattern[];
}

const SPACE = 32;
/** Arabic and Hebrew write conjunctions, prepositions and the article onto the word. */
const PROCLITIC = new Set([...'وفبلكاسהובלמשכ'].map((letter) => letter.charCodeAt(0)));
const MAX_PROCLITICS = 3;

function node(): Node {
  return { next: new Map(), patterns: [] };
}

/** Terms in tries: one for those that begin a word, one for those that may begin anywhere (`*offensief`, Chinese). */
export interface TermIndex {
  readonly words: Node;
  readonly anywhere: Node;
}

/** An index without terms. */
export function createTermIndex(): TermIndex {
  return { words: node(), anywhere: node() };
}

/**
 * Adds terms for `id`. A term is one or more words; `*` at the end of a word stands for any ending, `*` before the
 * first word for any beginning (compounds). Chinese and Japanese terms match anywhere.
 * @param terms comma-separated: `luchtaanval*, *offensief, staakt het vuren`
 */
export function addTerms(index: TermIndex, id: string, terms: string): void {
  for (const term of terms.split(',')) if (term.trim()) addTerm(index, id, term.trim());
}

function addTerm(index: TermIndex, id: string, term: string): void {
  const [first, ...rest] = term.split(/\s+/).map((word) => ({ word: fold(word).trim(), open: word.endsWith('*') }));
  if (!first?.word) return;
  const ideographs = isIdeograph(first.word.charCodeAt(0));
  let at = term.startsWith('*') || ideographs ? index.anywhere : index.words;
  for (let i = 0; i < first.word.length; i++) {
    const code = first.word.charCodeAt(i);
    const next = at.next.get(code) ?? node();
    at.next.set(code, next);
    at = next;
  }
  at.patterns.push({ id, open: first.open || ideographs, rest });
}

/** Every term of the index in `text` (folded). A term found at several places is reported for each. */
export function findTerms(index: TermIndex, text: string): Hit[] {
  const hits: Hit[] = [];
  let wordStart = true;
  let clitics = 0;
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    wordStart = text.charCodeAt(i - 1) === SPACE;
    if (wordStart) clitics = 0;
    if (code === SPACE) continue;
    if (wordStart || (clitics > 0 && clitics <= MAX_PROCLITICS)) walk(index.words, text, i, hits);
    walk(index.anywhere, text, i, hits);
    clitics = PROCLITIC.has(code) && (wordStart || clitics > 0) ? clitics + 1 : 0;
  }
  return hits;
}

function walk(root: Node, text: string, start: number, hits: Hit[]): void {
  let at = root.next.get(text.charCodeAt(start));
  for (let i = start + 1; at; i++) {
    for (const pattern of at.patterns) {
      const end = matchEnd(pattern, text, i);
      if (end > 0) hits.push({ id: pattern.id, text: text.slice(start, end), at: start });
    }
    at = at.next.get(text.charCodeAt(i));
  }
}

/** End of the match when the letters up to `end` fit and the rest of the pattern does too, else 0. */
function matchEnd(pattern: Pattern, text: string, end: number): number {
  let at = wordEnd(text, end, pattern.open);
  for (const { word, open } of pattern.rest) {
    if (at === 0 || !text.startsWith(word, at + 1)) return 0;
    at = wordEnd(text, at + 1 + word.length, open);
  }
  return at;
}

function wordEnd(text: string, at: number, open: boolean): number {
  if (text.charCodeAt(at) === SPACE) return at;
  if (!open) return 0;
  if (isIdeograph(text.charCodeAt(at - 1))) return at;
  const end = text.indexOf(' ', at);
  return end < 0 ? text.length : end;
}
