/** What windows-1252 shows for the bytes 0x80 to 0x9f; five of them it leaves as they are. */
const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const BYTES: ReadonlyMap<string, number> = new Map([...C1].map((char, index) => [char, 0x80 + index]));
/** A byte 0x80 to 0xbf of UTF-8, as windows-1252 or ISO 8859-1 shows it. */
const NEXT = `[\\u0080-\\u00bf${C1}]`;
const CHARACTER = `[\\u00c2-\\u00df]${NEXT}|[\\u00e0-\\u00ef]${NEXT}{2}|[\\u00f0-\\u00f4]${NEXT}{3}`;
const ENCODED_TWICE = new RegExp(`^(?:${CHARACTER})+$`);
const BEYOND_ASCII = /[^\u0000-\u007f]+/g;
/** Fewer could be meant: an article about such characters. */
const ENOUGH = 3;

/**
 * Undoes UTF-8 that was taken for windows-1252 and encoded again (`KÃ¶ln`), once. Only when nothing speaks against it:
 * every run of characters beyond ASCII in the whole document, and at least three, must be such a sequence.
 */
export function undoDoubleEncoding(text: string): string {
  let runs = 0;
  for (const [run] of text.matchAll(BEYOND_ASCII)) {
    if (!ENCODED_TWICE.test(run)) return text;
    runs += 1;
  }
  return runs < ENOUGH ? text : text.replace(BEYOND_ASCII, decodeRun);
}

function decodeRun(run: string): string {
  const bytes = Uint8Array.from(run, (char) => BYTES.get(char) ?? char.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
