import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FUNCTION_ENV } from '../../lib/config/env.ts';
import { readSettings } from '../../lib/config/settings.ts';
import type { FeedSource } from '../../lib/feeds/model.ts';
import { buildBundles } from '../support/bundles.ts';

const run = promisify(execFile);
const MB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'dispatches-bundles-'));
let bundles: readonly string[] = [];

beforeAll(async () => {
  bundles = Object.values((await buildBundles(join(folder, 'one'))).bundles);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('there is one bundle for each function', () => {
  expect(bundles).toHaveLength(Object.keys(FUNCTION_ENV).length);
});

test('the same sources give the same bytes again, wherever they are put, so that a deploy without a change changes nothing', async () => {
  const again = Object.values((await buildBundles(join(folder, 'two/deeper'))).bundles);
  for (const [index, bundle] of bundles.entries())
    for (const file of readdirSync(bundle))
      expect(readFileSync(join(again[index] ?? '', file)).equals(readFileSync(join(bundle, file))), file).toBe(true);
}, 180_000);

test('each loads alone, as Lambda loads it, and does nothing but offer its handler', async () => {
  for (const bundle of bundles) {
    const url = pathToFileURL(join(bundle, 'index.mjs')).href;
    const script = `const m = await import('${url}'); console.log(Object.keys(m).join(), typeof m.handler);`;
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      env: {},
    });
    expect(stdout).toBe('handler function\n');
    expect(stderr).toBe('');
  }
}, 60_000);

test('each stays small enough to start quickly, and holds no source text', () => {
  for (const bundle of bundles) {
    const code = filesIn(bundle, '.mjs').map((file) => statSync(file).size);
    expect(code.reduce((sum, size) => sum + size)).toBeLessThan(2 * MB);
    expect(sourcesOf(bundle)).not.toContain('sourcesContent');
  }
});

test('what sends mail reads no feed list, parser, profile or page before they are asked for', () => {
  const bundle = bundles.find((folder) => /functions\/deliver\.ts/.test(sourcesOf(folder))) ?? '';
  const eager = readAtStart(bundle).map((file) => readFileSync(`${file}.map`, 'utf8'));
  expect(eager.join()).toContain('lib/delivery/deliver.ts');
  expect(eager.join()).not.toMatch(/lib\/(feeds|selection|web)\/|node_modules\/(entities|rss-parser|hono)\//);
});

test('none starts with node:util, which brings half of Node, workers and all', () => {
  for (const bundle of bundles)
    for (const file of readAtStart(bundle)) expect(readFileSync(file, 'utf8')).not.toMatch(/from"(node:)?util"/);
});

test('each carries its settings and feed list, without the stages', async () => {
  for (const bundle of bundles) {
    const { config, sources, versions } = await readSettings<FeedSource>(pathToFileURL(join(bundle, 'settings.json')));
    expect(config.publication.id).toBe('war');
    expect(config.stages).toEqual({});
    expect(sources).toMatchObject([{ url: 'https://a.example/f', title: 'A' }]);
    expect(versions.config).toMatch(/^[0-9a-f]{12}$/);
  }
});

test('no MJML compiler and no feed of this machine comes along', () => {
  for (const bundle of bundles) {
    expect(sourcesOf(bundle)).not.toMatch(/node_modules\/(mjml|aws-cdk-lib|commander|@clack)/);
  }
});

const filesIn = (bundle: string, end: string) =>
  readdirSync(bundle)
    .filter((file) => file.endsWith(end))
    .map((file) => join(bundle, file));

const sourcesOf = (bundle: string) =>
  filesIn(bundle, '.map')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

/** The files that importing `index.mjs` reads: it and what it imports, and they in turn, but not by `import()`. */
function readAtStart(bundle: string, file = 'index.mjs', seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(join(bundle, file), 'utf8');
  const next = [...text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)].map((match) => match[1] ?? '');
  return [join(bundle, file), ...next.flatMap((each) => readAtStart(bundle, each, seen))];
}
