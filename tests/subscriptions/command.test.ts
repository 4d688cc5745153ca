import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { subscribersCommand } from '../../cli/commands/subscribers.ts';
import { DAY } from '../../lib/time.ts';
import { createWorld, PREFERENCES } from './world.ts';

let folder: string;
let world: ReturnType<typeof createWorld>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-'));
  world = createWorld();
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

/** Runs one command line and gives what it wrote and how it would exit. */
async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const into = (lines: string[]) => (text: string | Uint8Array) => lines.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(into(out));
  vi.spyOn(process.stderr, 'write').mockImplementation(into(err));
  process.exitCode = undefined;
  const command = subscribersCommand((_where, work) => work({ ...world.deps, standard: PREFERENCES }));
  await command.exitOverride().parseAsync(args, { from: 'user' });
  vi.restoreAllMocks();
  return { out: out.join(''), err: err.join(''), code: Number(process.exitCode ?? 0) };
}

test('import says what came in, and every row that did not with its line', async () => {
  const file = join(folder, 'list.csv');
  await writeFile(file, 'email,language\nada@example.org,uk\nbroken\neve@example.org,xx\n');
  const result = await run('import', file, '--confirmed-at', '2026-05-01', '--source', 'paper form');
  expect(result.out).toBe('1 reader added, 0 already in, 2 rejected.\n');
  expect(result.err).toContain('line 3: This is not a usable e-mail address.\n');
  expect(result.err).toContain('line 4: Column language should be one of nl, en');
  expect(result.code).toBe(1);
  expect((await world.row('ada@example.org'))?.consent).toMatchObject({ source: 'paper form' });
});

test('a person goes in, is shown, stopped, let back to the door, exported and erased', async () => {
  expect((await run('add', 'ada@example.org', '--confirmed-at', '2026-05-01')).out).toContain('1 reader added');
  expect(JSON.parse((await run('show', 'ada@example.org')).out)).toMatchObject({ status: 'active' });
  expect((await run('list', '--status', 'active')).out).toMatch(/^ada@example\.org .*active.*nl daily 07:00/);
  expect((await run('export')).out).toMatch(/^email,status.*\r\nada@example\.org,active/);
  await run('suppress', 'ada@example.org');
  expect((await world.row('ada@example.org'))?.status).toBe('suppressed');
  expect((await run('unsuppress', 'ada@example.org')).out).toContain('only after subscribing again');
  expect((await run('erase', 'ada@example.org', '--yes')).out).toContain('Erased');
  expect((await run('list', '--json')).out).not.toContain('ada');
  await expect(run('add', 'ada@example.org', '--confirmed-at', '2026-05-01')).rejects.toThrow(
    'only they can come back',
  );
});

test('tidy says what it removed', async () => {
  await world.ask('ada@example.org');
  world.pass(3 * DAY);
  expect((await run('tidy')).out).toBe('1 request expired, 0 addresses forgotten, 0 networks removed.\n');
});

test('nobody is erased without a yes', async () => {
  await run('add', 'ada@example.org', '--confirmed-at', '2026-05-01');
  await expect(run('erase', 'ada@example.org')).rejects.toThrow('Nothing was erased');
  expect((await world.row('ada@example.org'))?.email).toBe('ada@example.org');
});

test.each([
  [['import', 'missing.csv'], 'missing.csv cannot be read'],
  [['show', 'nobody@example.org'], 'not known here'],
  [['show', 'nobody'], 'not a usable e-mail address'],
  [['add', 'nobody', '--confirmed-at', '2026-05-01'], /^This is not a usable e-mail address/],
  [['list', '--status', 'asleep'], 'There is no status "asleep"'],
])('%j ends in a sentence', async (args, sentence) => {
  await expect(run(...args)).rejects.toThrow(sentence);
});
