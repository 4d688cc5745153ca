import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A line of a labelled or unlabelled collection of news items. */
export interface Sample {
  readonly id: string;
  readonly lang: string;
  readonly title: string;
  readonly summary: string;
  readonly url?: string;
  /** 0 not, 1 related, 2 covers the topic. */
  readonly label?: 0 | 1 | 2;
}

/** Reads NDJSON, gzipped when the name ends in `.gz`. */
export function readItems(file: string): Sample[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim())
    .map((line): Sample => JSON.parse(line));
}

/** The labelled files named on the command line: without any there is nothing to learn from, and nothing is written. */
export function namedFiles(): readonly string[] {
  const files = process.argv.slice(2);
  if (files.length > 0) return files;
  console.error('Name the files to learn from: node FILE.ts LABELLED.jsonl ...');
  process.exit(2);
}
