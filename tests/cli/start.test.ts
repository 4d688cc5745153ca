import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatches, type Ended } from './cli.ts';

const PROGRAM = resolve(import.meta.dirname, '../../cli/dispatches.ts');

let folder: string;
let first: Ended;
let second: Ended;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-start-'));
  const args = ['start', '--once', '--port', '0', '--state', folder];
  first = await dispatches(args);
  second = await dispatches(args);
});
afterAll(() => rm(folder, { recursive: true }));

describe('dispatches start --once', () => {
  test('reads the sample feeds, says which failed and why, and mails three readers', () => {
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/Feeds +14 read, 1 failed/);
    expect(first.out).toMatch(/The Closed Door: .*503/);
    expect(first.out).toMatch(/Mails +3 sent/);
    expect(first.out).toMatch(/Stories +\d+ in Dutch, English and Ukrainian\n/);
  });

  test('a second run sends nothing twice and says so', async () => {
    expect(second.code).toBe(0);
    expect(second.out).toContain('nothing is sent twice');
    const names = await readdir(join(folder, 'outbox'));
    expect(names.filter((name) => name.endsWith('.eml'))).toHaveLength(3);
  });

  test('status tells how things stand, for people and for programs', async () => {
    const [text, json] = await Promise.all([
      dispatches(['status', '--state', folder]),
      dispatches(['status', '--state', folder, '--json']),
    ]);
    expect(text.out).toMatch(/Readers +3 active/);
    const status = JSON.parse(json.out);
    expect(status).toMatchObject({ readers: { active: 3 } });
    expect(status.feeds.failing[0].problem).toContain('503');
    expect(status.editions.map((edition: { mails: object }) => edition.mails)).toEqual([
      { sent: 1 },
      { sent: 1 },
      { sent: 1 },
    ]);
  });

  test('status of an empty folder says what to do', async () => {
    const { code, err } = await dispatches(['status', '--state', join(folder, 'none')]);
    expect(code).toBe(1);
    expect(err).toMatch(/nothing in .*Begin with "dispatches run"/);
  });
});

describe('a start that cannot work', () => {
  test.each([
    ['damaged keys', 'keys.json', /keys\.json does not hold the keys.*Restore it/],
    ['a damaged database', 'dispatches.sqlite', /dispatches\.sqlite/],
  ])('ends with a sentence and does not hang: %s', async (_what, file, message) => {
    const state = await mkdtemp(join(tmpdir(), 'dispatches-damaged-'));
    await writeFile(join(state, file), 'not what it should be, and long enough to be looked at as a header of a file');
    const { code, err } = await dispatches(['start', '--port', '0', '--state', state]);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    await rm(state, { recursive: true });
  });

  test('ends with a sentence when its folder cannot be made', async () => {
    const { code, err } = await dispatches(['start', '--port', '0', '--state', join(PROGRAM, 'state')]);
    expect(code).toBe(1);
    expect(err).toMatch(/cannot be made/);
  });
});

describe('killed in the middle of sending', () => {
  test('the next start goes on, and nobody gets a second mail', async () => {
    const state = await mkdtemp(join(tmpdir(), 'dispatches-killed-'));
    const mails = async () =>
      (await readdir(join(state, 'outbox')).catch(() => [])).filter((name) => name.endsWith('.eml'));
    const args = ['start', '--once', '--port', '0', '--state', state];
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: 'ignore' });
    const exit = once(child, 'exit');
    const watch = setInterval(async () => (await mails()).length > 0 && child.kill('SIGKILL'), 1);
    await exit;
    clearInterval(watch);

    const { code, out } = await dispatches(args);
    expect(code).toBe(0);
    const names = await mails();
    const sent = await Promise.all(names.map((name) => readFile(join(state, 'outbox', name), 'latin1')));
    const readers = sent.map((raw) => /^To: (.+)$/m.exec(raw)?.[1]);
    expect(new Set(readers).size).toBe(readers.length);
    // A reader without mail is one whose mail was on its way at that moment, and the summary says so.
    expect(readers.length === 3 || out.includes('1 mail in doubt')).toBe(true);
    await rm(state, { recursive: true });
  });
});

describe('what is served until Ctrl-C', () => {
  /** Starts a serving command and waits until it has printed the address after `label`. */
  async function serve(args: readonly string[], label: string): Promise<{ child: ChildProcess; out: () => string }> {
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      out += String(chunk);
      if (out.includes('Ctrl-C') && out.includes(label)) break;
    }
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    return { child, out: () => out };
  }

  const address = (out: string, label: string) => new RegExp(`${label} +(http\\S+)`).exec(out)?.[1] ?? '';

  async function stop(child: ChildProcess): Promise<number | null> {
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    return (await exit)[0];
  }

  test('start: inbox, preview and reader site answer; Ctrl-C ends it well', async () => {
    const { child, out } = await serve(['start', '--port', '0', '--state', folder], 'Site');
    const pages = await Promise.all(
      ['Inbox', 'Preview', 'Site'].map(async (label) => (await fetch(address(out(), label))).text()),
    );
    expect(pages[0]).toContain('3 messages');
    expect(pages[1]).toContain('Left out');
    expect(pages[2]).toContain('<form');
    expect(await stop(child)).toBe(0);
  });

  test('preview: shows what the named feeds would give, and why', async () => {
    const feeds = resolve(import.meta.dirname, '../fixtures/cli');
    const args = ['preview', '--port', '0', '--feeds', feeds, '--now', '2026-11-23T07:30:00Z', '--locale', 'en'];
    const { child, out } = await serve(args, 'Studio');
    const page = await (await fetch(address(out(), 'Studio'))).text();
    expect(await (await fetch(address(out(), 'Editions'))).text()).toBe(page);
    expect(page).toContain('Drone attack on power grid');
    expect(page).toMatch(/How to prune roses[\s\S]*not picked/);
    expect(await stop(child)).toBe(0);
  });
});
