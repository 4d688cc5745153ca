/**
 * The whole path from bytes to sanitised items against rss-parser's bare `parseString` and two other parsers, on the
 * same generated documents, turn by turn in one run; then memory and hostile input by size: node tests/bench/feeds.bench.ts
 */
import { spawnSync } from 'node:child_process';
import { parseFeed as parseWithRowan } from '@rowanmanning/feed-parser';
import { parseFeed as parseWithFeedsmith } from 'feedsmith';
import Parser from 'rss-parser';
import { decode } from '../../lib/feeds/decode.ts';
import { parseFeed } from '../../lib/feeds/parse.ts';
import { articles, documents, hostile, rss } from './feed-documents.ts';

const ROUNDS = 15;
const WARM_UP = 5;
const base = 'https://harbour.example/feed';

type Reader = (document: { readonly bytes: Uint8Array; readonly text: string }) => unknown;

/** Ours starts from bytes and ends with sanitised items; the others start from text and sanitise nothing. */
const readers: Readonly<Record<string, Reader>> = {
  'rss-parser': ({ text }) => new Parser().parseString(text),
  feedsmith: ({ text }) => parseWithFeedsmith(text),
  rowanmanning: ({ text }) => parseWithRowan(text),
  Dispatches: ({ bytes }) => parseFeed(bytes, { base }),
};

async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const row = (name: string, cells: readonly string[]) =>
  console.log(name.padEnd(28), ...cells.map((cell) => cell.padStart(12)));

/** Readers take turns, so that a busy moment of the machine falls on all of them. */
async function rounds(bytes: Uint8Array, count: number): Promise<number[]> {
  const document = { bytes, text: decode(bytes).text };
  const times: number[][] = Object.values(readers).map(() => []);
  for (let round = 0; round < count; round++) {
    for (const [index, read] of Object.values(readers).entries()) times[index]?.push(await cpuMs(() => read(document)));
  }
  return times.map(median);
}

async function compareReaders(): Promise<void> {
  console.log('Median CPU time; ratio = rss-parser / Dispatches');
  row('document', ['MB', ...Object.keys(readers), 'ratio']);
  for (const bytes of Object.values(documents)) await rounds(bytes, WARM_UP);
  for (const [name, bytes] of Object.entries(documents)) {
    const times = await rounds(bytes, ROUNDS);
    const ratio = (times.at(0) ?? 0) / (times.at(-1) ?? 1);
    row(name, [(bytes.length / 1e6).toFixed(2), ...times.map((time) => `${time.toFixed(1)} ms`), ratio.toFixed(2)]);
  }
}

/** Resident memory at its highest in a process of its own that reads one document of so many items. */
function peakMiB(items: number): number {
  const { stdout } = spawnSync(process.execPath, [import.meta.filename, 'memory', String(items)], { encoding: 'utf8' });
  return Number(stdout) / 1024;
}

function compareMemory(): void {
  const nothing = peakMiB(0);
  console.log(`\nHighest memory beyond the ${nothing.toFixed(0)} MiB of reading an empty feed, a process each`);
  row('whole articles', ['MB', 'MiB', 'MiB per MB']);
  for (const items of [600, 1200, 2400]) {
    const megabytes = rss(items, articles()).length / 1e6;
    const beyond = peakMiB(items) - nothing;
    row(`${items} items`, [megabytes.toFixed(2), beyond.toFixed(0), (beyond / megabytes).toFixed(0)]);
  }
}

/** Linear work doubles with the size; quadratic work would quadruple. */
async function compareHostile(): Promise<void> {
  const sizes = [1, 2, 4];
  console.log('\nHostile documents of 1, 2 and 4 MB, CPU time');
  row('document', [...sizes.map((size) => `${size} MB`), '4 MB / 1 MB']);
  for (const [name, make] of Object.entries(hostile)) {
    const times: number[] = [];
    for (const size of sizes) {
      const bytes = Buffer.from(make(size * 1_000_000));
      const read = () => parseFeed(bytes, { base }).catch(() => undefined);
      times.push(median([await cpuMs(read), await cpuMs(read), await cpuMs(read)]));
    }
    const growth = (times.at(-1) ?? 0) / (times.at(0) ?? 1);
    row(name, [...times.map((time) => `${time.toFixed(0)} ms`), growth.toFixed(1)]);
  }
}

const [mode, items] = process.argv.slice(2);
if (mode === 'memory') {
  await parseFeed(rss(Number(items), articles()), { base });
  console.log(process.resourceUsage().maxRSS);
} else {
  await compareReaders();
  compareMemory();
  await compareHostile();
}
