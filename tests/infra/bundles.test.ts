import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FUNCTION_ENV } from '../../lib/config/env.ts';
import { readSettings } from '../../lib/config/settings.ts';
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

test('the same sources give the same bytes again, so that a deploy without a change changes nothing', async () => {
  const again = Object.values((await buildBundles(join(folder, 'two'))).bundles);
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
    expect(statSync(join(bundle, 'index.mjs')).size).toBeLessThan(2 * MB);
    expect(readFileSync(join(bundle, 'index.mjs.map'), 'utf8')).not.toContain('sourcesContent');
  }
});

test('each carries its settings and feed list, without the stages', async () => {
  for (const bundle of bundles) {
    const { config, opml, versions } = await readSettings(pathToFileURL(join(bundle, 'settings.json')));
    expect(config.publication.id).toBe('war');
    expect(config.stages).toEqual({});
    expect(opml).toContain('https://a.example/f');
    expect(versions.config).toMatch(/^[0-9a-f]{12}$/);
  }
});

test('no MJML compiler and no feed of this machine comes along', () => {
  for (const bundle of bundles) {
    const sources: string = readFileSync(join(bundle, 'index.mjs.map'), 'utf8');
    expect(sources).not.toMatch(/node_modules\/(mjml|aws-cdk-lib|commander|@clack)/);
  }
});
