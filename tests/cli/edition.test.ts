import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatches } from './cli.ts';

let folder: string;
let ids: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-edition-'));
  await dispatches(['start', '--once', '--port', '0', '--state', folder]);
  ids = JSON.parse((await edition('list', '--json')).out).map(({ id }: { id: string }) => id);
});
afterAll(() => rm(folder, { recursive: true }));

const edition = (...args: string[]) => dispatches(['edition', ...args, '--state', folder]);
const first = () => ids[0] ?? '';

describe('dispatches edition', () => {
  test('list names every edition with its stories and readers, at most as many as asked for', async () => {
    const [all, one] = await Promise.all([edition('list'), edition('list', '--limit', '1')]);
    expect(ids).toHaveLength(3);
    for (const id of ids) expect(all.out).toMatch(new RegExp(`^${id} +closed +\\d+ stories, 1 reader `, 'm'));
    expect(one.out.trim().split('\n')).toHaveLength(1);
  });

  test('show tells the stories in order; as JSON with every decision', async () => {
    const [text, json] = await Promise.all([edition('show', first()), edition('show', first(), '--json')]);
    const { lead, considered } = JSON.parse(json.out).edition;
    expect(text.out).toContain(`   1  ${lead.items[0].item.title}\n`);
    expect(considered[0].decision.picked).toBe(false);
  });

  test('diff of two languages of one digest finds the same stories', async () => {
    const { code, out } = await edition('diff', first(), ids[1] ?? '');
    expect({ code, out }).toEqual({ code: 0, out: 'They tell the same stories in the same order.\n' });
  });

  test('report accounts for every reader', async () => {
    const [text, json] = await Promise.all([edition('report', first()), edition('report', first(), '--json')]);
    expect(text.out).toMatch(/Audience 1 reader: every reader is accounted for\n *Mails +1 sent\n/);
    expect(JSON.parse(json.out)).toMatchObject({ balanced: true, counts: { sent: 1, planned: 0 } });
  });

  test('replay renders what was mailed, for the site that it was mailed for', async () => {
    const { code, out } = await edition('replay', first());
    expect({ code, out }).toEqual({ code: 0, out: `${first()}: rendered again, byte for byte what was mailed.\n` });
  });

  test('replay names the parts that would differ and ends with code 1', async () => {
    const renamed = (await readFile('dispatches.config.ts', 'utf8'))
      .replace(/^import .*$/m, 'const defineConfig = (config: object) => config;')
      .replace("name: 'Dispatches'", "name: 'Renamed'");
    await writeFile(join(folder, 'renamed.config.ts'), renamed);
    const { code, out } = await edition('replay', first(), '--config', join(folder, 'renamed.config.ts'));
    expect(code).toBe(1);
    expect(out).toMatch(/html, text would not be what was mailed/);
  });

  test.each([
    ['show', ['none']],
    ['replay', ['none']],
    ['report', ['none']],
    ['diff', ['none', 'none']],
  ])('%s of an unknown edition says how to list them', async (name, args) => {
    const { code, out, err } = await edition(name, ...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('There is no edition "none". List them with: dispatches edition list');
  });
});
