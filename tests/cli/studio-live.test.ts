import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Live, watchTemplates } from '../../cli/preview/live.ts';
import { SITE, sampleEdition } from '../editions/build.ts';

const HERE = resolve(import.meta.dirname, '../..');
let root: string;
let live: Live;

/** A copy of the program, so that its templates can be changed. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dispatches-live-'));
  for (const part of ['lib', 'templates', 'cli/preview', 'package.json'])
    await cp(join(HERE, part), join(root, part), { recursive: true });
  await symlink(join(HERE, 'node_modules'), join(root, 'node_modules'));
  live = watchTemplates(root);
});
afterAll(() => rm(root, { recursive: true }));

/** Changes a file of templates/ and waits until that is in force, or refused. */
async function change(name: string, from: string, to: string): Promise<void> {
  const file = join(root, 'templates', name);
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  const told = new Promise<void>((resolve) => {
    const stop = live.follow(() => {
      stop();
      resolve();
    });
  });
  await writeFile(file, text.replaceAll(from, to));
  await told;
}

const html = async () => JSON.stringify((await live.render(sampleEdition(3), SITE)).html);

test('a change of the theme, of a text and of a template is in the next mail; a wrong one is refused with its place', async () => {
  const { light } = JSON.parse(await readFile(join(root, 'templates/theme.json'), 'utf8'));
  expect(await html()).toContain(light.accent);

  await change('theme.json', light.accent, '#123456');
  expect(live.problem).toBeUndefined();
  expect(await html()).toContain('#123456');

  await change('texts/en.json', '"lead": "', '"lead": "Mark this: ');
  expect(await html()).toContain('Mark this: ');

  await change('digest.mjml', '{{dateline}}', '{{headline}}');
  expect(live.problem).toMatch(/digest\.mjml:\d+: .*headline/);
  expect(await html()).toContain('Mark this: ');

  await change('digest.mjml', '{{headline}}', '{{dateline}}');
  expect(live.problem).toBeUndefined();

  await change('texts/en.json', '"lead": ', '"lead" ');
  expect(await html()).toContain(light.accent);
  expect(live.problem).toMatch(/JSON/);
});
