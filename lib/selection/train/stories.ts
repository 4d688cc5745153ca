/**
 * Makes lib/selection/stories/statistics.json: in how many items of a collection each feature of stories occurs.
 *   node lib/selection/train/stories.ts ITEMS.jsonl[.gz] ...        (lines with title, summary)
 * Only hashed counts (logarithms in bytes) are kept.
 */
import { writeFileSync } from 'node:fs';
import { detectLanguage } from '../language.ts';
import { sign } from '../stories/signature.ts';
import { bucket } from '../stories/weights.ts';
import { namedFiles, readItems } from './read.ts';

const BUCKETS = 2 ** 15;
const STEPS = 24;

const counts = new Float64Array(BUCKETS);
const items = namedFiles().flatMap(readItems);
for (const { title, summary, url } of items) {
  const lang = detectLanguage(`${title} ${summary}`);
  const { features } = sign(
    { title, link: url ?? null, family: '', published: null, firstSeen: '' },
    { title, summary },
    lang,
  );
  for (const at of new Set([...features.keys()].map((feature) => bucket(feature, BUCKETS))))
    counts[at] = (counts[at] ?? 0) + 1;
}
const bytes = Uint8Array.from(counts, (count) => Math.round(STEPS * Math.log(count + 1)));
writeFileSync(
  new URL('../stories/statistics.json', import.meta.url),
  `${JSON.stringify({ items: items.length, steps: STEPS, counts: Buffer.from(bytes).toString('base64') })}\n`,
);
