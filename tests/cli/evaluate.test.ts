import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatches } from './cli.ts';

const LABELLED = [
  { label: 2, title: 'Russische raketaanval op Charkov', summary: 'Het leger meldt doden.' },
  { label: 2, title: 'Besuch im Garten der Familie', summary: 'Sie leben seit Monaten im Keller.' },
  { label: 0, title: 'Handelsoorlog drukt de beurs', summary: 'Beleggers vrezen heffingen.' },
  { label: 1, title: 'Sanctions weigh on prices', summary: '' },
  { label: 0, title: 'Recept: appeltaart', summary: '' },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-evaluate-'));
  const lines = LABELLED.map((item, id) => JSON.stringify({ id: String(id), ...item }));
  await writeFile(join(folder, 'labelled.jsonl'), `${lines.join('\n')}\nno JSON\n`);
  await writeFile(join(folder, 'empty.jsonl'), '{"id":"1","title":"no label"}\n');
  await mkdir(join(folder, 'strict'));
  await writeFile(join(folder, 'strict/profile.json'), '{"name":"strict","base":"war","threshold":1}');
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...args: string[]) => dispatches(['evaluate', ...args], { cwd: folder });

test('prints a line per language and for all, F1 by threshold, and the errors to read', async () => {
  const { code, out } = await evaluate('labelled.jsonl');
  expect(code).toBe(0);
  expect(out).toMatch(/^lang +pos +neg +prec +rec +F1 +AP$/m);
  expect(out).toMatch(/^ALL +2 +2 +100\.0 +50\.0 +66\.7 /m);
  expect(out.match(/^0\.\d [# ]{40} prec \d+ rec \d+ F1 /gm)).toHaveLength(9);
  expect(out).toMatch(/^1 mistakes?\nmissed +0\.\d\d +de +Besuch im Garten der Familie$/m);
});

test('measures another profile, by its own threshold', async () => {
  expect((await evaluate('labelled.jsonl', '--profile', 'strict')).out).toMatch(/^ALL +2 +2 +0\.0 +0\.0 +0\.0 /m);
});

test.each([
  ['empty.jsonl', /holds no labelled item.*label 0, 1 or 2/],
  ['missing.jsonl', /missing\.jsonl cannot be read/],
])('%s is refused with what belongs in it', async (file, message) => {
  expect(await evaluate(file)).toMatchObject({ code: 1, err: expect.stringMatching(message) });
});
