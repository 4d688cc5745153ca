import model from './language.model.json' with { type: 'json' };

interface Script {
  readonly letters: RegExp;
  /** How much one sign counts against letters of other scripts. */
  readonly weight: number;
  readonly tell: (text: string) => string;
}

/** Kana decide for Japanese even among many Chinese signs; one Chinese sign says as much as two letters. */
const SCRIPTS: readonly Script[] = [
  { letters: /[\u3040-\u30fa\u30fd-\u30ff]/g, weight: 30, tell: () => 'ja' },
  { letters: /[\u3400-\u9fff]/g, weight: 2, tell: () => 'zh' },
  { letters: /[\u0600-\u06ff]/g, weight: 1, tell: (text) => (/[پچژگ]/.test(text) ? 'fa' : 'ar') },
  { letters: /[\u0590-\u05ff]/g, weight: 1, tell: () => 'he' },
  { letters: /[\u0370-\u03ff]/g, weight: 1, tell: () => 'el' },
  {
    letters: /[\u0400-\u04ff]/g,
    weight: 1,
    tell: (text) => (count(text, /[іїєґ]/g) > count(text, /[ыэъё]/g) ? 'uk' : 'ru'),
  },
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
 */
export function detectLanguage(text: string): string {
  const spelled = spell(text.slice(0, LOOKED_AT).normalize('NFC'));
  let best = { amount: count(spelled, LATIN), tell: latin };
  for (const { letters, weight, tell } of SCRIPTS) {
    const amount = count(spelled, letters) * weight;
    if (amount > best.amount) best = { amount, tell };
  }
  return best.amount === 0 ? 'und' : best.tell(spelled);
}

/** Spellings and words that only one of two near languages has; the table knows too little of short headlines. */
const DANISH =
  /æ(?!r)|tion|øj|ej |(?<= )(?:af|efter|blev|nu|uden|mellem|mod|ind|hvad|sig|mig|dig|ud|op|igen|end|mand|mænd|kvinde|meget|bliver|siger|regeringen|bag|tilbage|uge|penge|borgmester\p{L}*)(?= )/gu;
const NORWEGIAN =
  /sjon|kj|gj|øy|ei|(?<= )(?:av|etter|ble|nå|uten|mellom|mot|inn|hva|krever|seg|meg|deg|ut|opp|enn|mann|kvinne|mye|blir|sier|bak|tilbake|uke|eg|dei|frå|ikkje|ordfører\p{L}*)(?= )/gu;

function danishOrNorwegian(text: string, table: string): string {
  const balance = count(text, DANISH) - count(text, NORWEGIAN);
  if (balance === 0) return table;
  return balance > 0 ? 'da' : 'no';
}

function latin(text: string): string {
  const table = byTrigrams(text);
  return table === 'da' || table === 'no' ? danishOrNorwegian(text, table) : table;
}

function byTrigrams(text: string): string {
  const sums = new Float64Array(LANGUAGES.length);
  for (let i = 0; i + 3 <= text.length; i++) {
    const row = ROWS.get(text.slice(i, i + 3));
    if (row) for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] ?? 0) + (row[k] ?? 0);
  }
  return LANGUAGES[sums.indexOf(Math.max(...sums))] ?? 'und';
}
