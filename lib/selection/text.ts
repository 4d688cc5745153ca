const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640]/g;
const ONLY_MARKS = new RegExp(`^(?:${MARKS.source})+$`);
const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي',
};
const FOLDED = /[łøđßæœıأإآٱىةکی]/g;
const APART = /[^\p{L}\p{N}\p{M}]+/gu;

/**
 * Text as terms and n-grams see it: NFKC, lower case, without accents, vowel points and punctuation; words parted by
 * single spaces, with a space at both ends. Kana keep their voicing marks. Applied alike to terms and to items.
 */
export function fold(text: string): string {
  const bare = text.normalize('NFKC').toLowerCase().normalize('NFD').replace(MARKS, '').normalize('NFC');
  return ` ${bare
    .replace(FOLDED, (letter) => LETTERS[letter] ?? letter)
    .replace(APART, ' ')
    .trim()} `;
}

/** A word that folding takes away whole: accents or vowel points that stand alone. */
export function isMark(word: string): boolean {
  return ONLY_MARKS.test(word);
}

/** Chinese and Japanese: written without spaces between words. */
export function isIdeograph(code: number): boolean {
  return (code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff);
}
