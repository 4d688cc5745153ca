import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ended } from './cli.ts';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const TIMEOUT = 180_000;
let folder: string;

/** Packs the package, and installs it into an empty folder with its dependencies and nothing else of this repository's. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dispatches-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], { cwd: root });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  await run('tar', ['-xzf', join(folder, filename), '-C', folder]);
  cpSync(join(folder, 'package'), join(modules, 'dispatches'), { recursive: true });
  for (const each of ['package', filename]) rmSync(join(folder, each), { recursive: true });
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  symlinkSync(join(modules, 'dispatches/dist/cli/bin.js'), join(modules, '.bin/dispatches'));
}, TIMEOUT);
afterAll(() => rmSync(folder, { recursive: true }));

const npx = (...args: string[]): Promise<Ended> =>
  new Promise((done) => {
    const settings = { cwd: folder, timeout: TIMEOUT, env: { PATH: process.env.PATH, HOME: folder } };
    execFile('npx', ['--no-install', 'dispatches', ...args], settings, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });

describe.sequential('the package, in an empty folder', () => {
  test(
    'answers and has no TypeScript in it',
    async () => {
      expect(await npx('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage: dispatches') });
      expect((await npx('--version')).out.trim()).toBe(
        JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
      );
      const { stdout } = await run('find', ['-L', join(folder, 'node_modules/dispatches'), '-name', '*.ts']);
      expect(stdout).toBe('');
    },
    TIMEOUT,
  );

  test(
    'runs the sample without a configuration',
    async () => {
      const { code, out } = await npx('start', '--once', '--port', '0');
      expect(code).toBe(0);
      expect(out).toMatch(/Mails +3 sent/);
      expect((await npx('status')).out).toMatch(/sample-daily-nl-\S+ (planned|closed); mails: 1 sent/);
    },
    TIMEOUT,
  );

  test(
    'begins a publication that doctor and run understand, once',
    async () => {
      expect(await npx('init')).toMatchObject({ code: 0, out: expect.stringContaining('Next:') });
      expect((await npx('init')).err).toMatch(/dispatches\.config\.ts is there already/);
      expect((await npx('doctor')).out).toMatch(/✓ Feed list +\d+ feeds in feeds\.opml/);
      const feed = join(root, 'tests/fixtures/cli/war.xml');
      const mailed = await npx(
        'run',
        '--feeds',
        feed,
        '--since',
        '2020-01-01',
        '--to',
        'me@example.org',
        '--outbox',
        'mails',
      );
      expect(mailed).toMatchObject({ code: 0, out: expect.stringMatching(/Mails +1 sent/) });
    },
    TIMEOUT,
  );

  test(
    'starts the service that publishes by itself',
    async () => {
      const { code, err } = await npx('serve');
      expect(code).toBe(1);
      expect(err).toMatch(/does not say how this machine mails\. Add "serve"/);
    },
    TIMEOUT,
  );
});
