/**
 * Makes lib/selection/language.model.json from items with known languages:
 *   node lib/selection/train/language.ts ITEMS.jsonl[.gz] ...        (lines with lang, title, summary; Latin script)
 * Languages that the collection lacks are learnt from own-texts.json. Only trigram statistics are kept.
 */
import { writeFileSync } from 'node:fs';
import { spell } from '../language.ts';
import own from './own-texts.json' with { type: 'json' };
import { namedFiles, readItems } from './read.ts';

const PER_LANGUAGE = 420;
const SAMPLE = 900;
/** Counts that every trigram is given; small, because some languages have little text. */
const SMOOTHING = 0.1;

const counts = new Map<string, Map<string, number>>();
const written = Object.entries(own).flatMap(([lang, text]) =>
  text.split(/(?<=[.?!]) /).map((title) => ({ lang, title, summary: '' })),
);
for (const { lang, title, summary } of [...namedFiles().flatMap(readItems), ...written]) {
  const text = spell(`${title} ${summary}`.slice(0, 400).normalize('NFC'));
  if (!/[a-z]/.test(text) || /[\u0400-\u04ff\u0600-\u06ff\u3040-\u9fff]/.test(text)) continue;
  const grams = counts.get(lang) ?? new Map<string, number>();
  counts.set(lang, grams);
  if ((grams.get('') ?? 0) >= SAMPLE) continue;
  grams.set('', (grams.get('') ?? 0) + 1);
  for (let i = 0; i + 3 <= text.length; i++) {
    const gram = text.slice(i, i + 3);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
}

const languages = [...counts.keys()].filter((lang) => (counts.get(lang)?.get('') ?? 0) >= 20).sort();
const chosen = new Set<string>();
for (const lang of languages)
  for (const [gram] of [...(counts.get(lang) ?? [])].sort((a, b) => b[1] - a[1]).slice(1, PER_LANGUAGE + 1))
    if (gram) chosen.add(gram);

const rows = [...chosen].sort();
const totals = languages.map((lang) => [...(counts.get(lang)?.values() ?? [])].reduce((a, b) => a + b, 0));
const weights = rows.flatMap((gram) =>
  languages.map((lang, k) => {
    const p = ((counts.get(lang)?.get(gram) ?? 0) + SMOOTHING) / ((totals[k] ?? 0) + SMOOTHING * rows.length);
    return Math.max(0, Math.min(255, Math.round(8 * Math.log(p) + 144)));
  }),
);
const file = new URL('../language.model.json', import.meta.url);
writeFileSync(
  file,
  `${JSON.stringify({ languages, grams: rows.join(''), weights: Buffer.from(weights).toString('base64') })}\n`,
);
console.log(`${languages.join(' ')}: ${rows.length} trigrams`);
