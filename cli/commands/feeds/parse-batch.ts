import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { adviceFor } from '../../../lib/errors.ts';
import { FeedError } from '../../../lib/feeds/feed-error.ts';
import { parseFeed } from '../../../lib/feeds/parse.ts';

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const q = JSON.parse(line);
  let out: unknown;
  try {
    out = await parseFeed(readFileSync(q.file), q);
  } catch (e) {
    out = { error: adviceFor(e), code: e instanceof FeedError ? e.code : 'bug' };
  }
  process.stdout.write(`${JSON.stringify(out)}\n`);
}
