import { isIdeograph, isMark } from './text.ts';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const SPACE = 32;

/** The words of a text as written, found by places in its folded form (see `fold`). */
export interface Surface {
  /** The whole words around `folded.slice(start, end)`; in Chinese and Japanese just those signs. */
  words(start: number, end: number): string;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Nothing is looked up before the first question: most items have no finding. */
export function createSurface(text: string, folded: string): Surface {
  let plain: string | undefined;
  let words: Span[] = [];
  return {
    words(start, end) {
      if (plain === undefined) {
        plain = text.normalize('NFKC');
        words = wordsOf(plain);
      }
      const first = words[countSpaces(folded, start) - 1];
      const last = words[countSpaces(folded, end) - 1];
      if (!first || !last) return folded.slice(start, end);
      const shift = first.from - folded.lastIndexOf(' ', start) - 1;
      const signs = isIdeograph(folded.charCodeAt(start));
      const written = signs ? plain.slice(start + shift, end + shift) : plain.slice(first.from, last.to);
      return written.replace(/^\p{M}+/u, '').replace(/\s+/g, ' ');
    },
  };
}

/** Words of which folding leaves something. */
function wordsOf(text: string): Span[] {
  const words: Span[] = [];
  for (const { 0: word, index } of text.matchAll(WORD))
    if (!isMark(word)) words.push({ from: index, to: index + word.length });
  return words;
}

function countSpaces(folded: string, end: number): number {
  let spaces = 0;
  for (let i = 0; i < end; i++) if (folded.charCodeAt(i) === SPACE) spaces++;
  return spaces;
}
