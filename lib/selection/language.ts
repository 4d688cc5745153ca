import model from './language.model.json' with { type: 'json' };

/** Letters that tell apart languages of one script; the commonest language of the script stands last. */
const SCRIPTS: readonly { readonly letters: RegExp; readonly tell: (text: string) => string }[] = [
  { letters: /[\u3040-\u30ff]/g, tell: () => 'ja' },
  { letters: /[\u3400-\u9fff]/g, tell: () => 'zh' },
  { letters: /[\u0600-\u06ff]/g, tell: (text) => (/[پچژگ]/.test(text) ? 'fa' : 'ar') },
  { letters: /[\u0590-\u05ff]/g, tell: () => 'he' },
  { letters: /[\u0370-\u03ff]/g, tell: () => 'el' },
  { letters: /[\u0400-\u04ff]/g, tell: (text) => (count(text, /[іїєґ]/g) > count(text, /[ыэъё]/g) ? 'uk' : 'ru') },
];
const LATIN = /[a-z\u00df-\u024f\u1e00-\u1eff]/g;
/** Enough to be sure; more costs time and changes nothing. */
const LOOKED_AT = 300;

const LANGUAGES = model.languages;
const ROWS = decodeRows(model.grams, Buffer.from(model.weights, 'base64'));

/** Trigram -> one log-probability (in eighths) per language. */
function decodeRows(grams: string, bytes: Buffer): Map<string, Uint8Array> {
  const rows = new Map<string, Uint8Array>();
  for (let i = 0; i * 3 < grams.length; i++)
    rows.set(grams.slice(i * 3, i * 3 + 3), bytes.subarray(i * LANGUAGES.length, (i + 1) * LANGUAGES.length));
  return rows;
}

function count(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}

/** Text as the model counts trigrams: lower case letters with accents, single spaces. */
export function spell(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim()} `;
}

/**
 * The language of a text, ISO 639-1, by its script and, for Latin letters, by trigrams; `und` when there is no letter.
 * Kana decide for Japanese even among many Chinese characters.
 */
export function detectLanguage(text: string): string {
  const spelled = spell(text.slice(0, LOOKED_AT).normalize('NFC'));
  let best = { letters: count(spelled, LATIN), tell: latin };
  for (const { letters, tell } of SCRIPTS) {
    const found = count(spelled, letters) * (letters.source.includes('3040') ? 6 : 1);
    if (found * (letters.source.includes('3400') ? 2 : 1) > best.letters) best = { letters: found, tell };
  }
  return best.letters === 0 ? 'und' : best.tell(spelled);
}

function latin(text: string): string {
  const sums = new Float64Array(LANGUAGES.length);
  for (let i = 0; i + 3 <= text.length; i++) {
    const row = ROWS.get(text.slice(i, i + 3));
    if (row) for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] ?? 0) + (row[k] ?? 0);
  }
  return LANGUAGES[sums.indexOf(Math.max(...sums))] ?? 'und';
}
