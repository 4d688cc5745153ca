import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseBatch, parseDocument } from '../../cli/commands/feeds/parse.ts';
import { rss } from './origin.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-parse-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a batch answers every line in order, whatever is wrong with one', async () => {
  const file = join(folder, 'feed.xml');
  const packed = `${file}.gz`;
  await writeFile(file, rss(['one']));
  await writeFile(packed, gzipSync(rss(['two'])));
  const requests = [
    { id: 'a', file },
    { id: 'b', file: `${file}.none` },
    { id: 'c', file: packed, contentEncoding: 'gzip' },
  ];
  const lines = [...requests.map((request) => JSON.stringify(request)), '', 'no JSON'];
  const answers: string[] = [];
  await parseBatch(Readable.from(lines), (line) => answers.push(line));
  expect(answers.map((answer) => JSON.parse(answer))).toEqual([
    expect.objectContaining({ id: 'a', title: 'Harbour News', items: [expect.objectContaining({ title: 'one' })] }),
    expect.objectContaining({ id: 'b', error: expect.stringContaining('ENOENT') }),
    expect.objectContaining({ id: 'c', items: [expect.objectContaining({ title: 'two' })] }),
    expect.objectContaining({ code: 'request' }),
  ]);
});

test('a document that is no feed gives the reason and its code', async () => {
  expect(await parseDocument(Readable.from([Buffer.from('<html></html>')]), {})).toEqual({
    error: expect.stringContaining('web page'),
    code: 'not-a-feed',
  });
});
