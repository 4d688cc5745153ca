import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listen } from '../../lib/runtime/listen.ts';
import { dispatches } from './cli.ts';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/cli');
const WAR = join(FIXTURES, 'war.xml');
const NOW = ['--now', '2026-11-23T07:30:00Z'];

interface EditionFile {
  readonly quiet: boolean;
  readonly counts: { readonly items: number; readonly picked: number };
  readonly stories: readonly { readonly items: readonly { readonly title: string; readonly decision: Decided }[] }[];
  readonly notPicked: readonly { readonly title: string; readonly why: string; readonly decision: Decided }[];
}
interface Decided {
  readonly picked: boolean;
  readonly reasons: readonly object[];
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function mails() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))));
}

async function editionFile(): Promise<EditionFile> {
  return JSON.parse(await readFile(join(folder, 'edition.json'), 'utf8'));
}

const to = ['--to', 'reader@example.org'];

describe('dispatches run --feeds', () => {
  test('mails what is war and new, and writes down every decision', async () => {
    const outbox = ['--outbox', folder];
    const { code, out } = await dispatches(['run', '--feeds', WAR, ...to, ...outbox, ...NOW, '--locale', 'en']);
    expect(code).toBe(0);
    expect(out).toContain('Drone attack on power grid');
    expect(out).toMatch(/Mails +1 sent/);

    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail?.to?.[0]?.address).toBe('reader@example.org');
    expect(mail?.html).toContain('https://quay.example/1');
    expect(mail?.html).not.toContain('quay.example/2');
    expect(mail?.text).toContain('https://quay.example/1');

    const edition = await editionFile();
    expect(edition.stories.flatMap(({ items }) => items.map(({ title }) => title))).toEqual([
      'Drone attack on power grid near Kharkiv leaves thousands without heating',
    ]);
    expect(edition.stories[0]?.items[0]?.decision.picked).toBe(true);
    expect(edition.stories[0]?.items[0]?.decision.reasons).not.toEqual([]);
    expect(Object.fromEntries(edition.notPicked.map(({ title, why }) => [title, why]))).toEqual({
      'Bakery wins prize for its currant bread': 'not picked',
      'Shelling kills four soldiers at the front near Zaporizhzhia': 'too old',
    });
  });

  test('--since reaches further back', async () => {
    await dispatches(['run', '--feeds', WAR, ...to, '--outbox', folder, ...NOW, '--since', '2026-10-01']);
    expect((await editionFile()).counts.picked).toBe(2);
  });

  test('--locale is the language of our words', async () => {
    await dispatches(['run', '--feeds', WAR, ...to, '--outbox', folder, ...NOW, '--locale', 'uk']);
    const [mail] = await mails();
    expect(mail?.html).toContain('lang="uk"');
  });

  test('--dry-run tells the same and writes nothing', async () => {
    const { code, out } = await dispatches(['run', '--feeds', WAR, '--outbox', folder, ...NOW, '--dry-run']);
    expect(code).toBe(0);
    expect(out).toContain('Drone attack on power grid');
    expect(out).toContain('nobody was mailed');
    expect(await readdir(folder)).toEqual([]);
  });

  test('--json gives the same as edition.json', async () => {
    const { out } = await dispatches(['run', '--feeds', WAR, ...to, '--outbox', folder, ...NOW, '--json']);
    expect(JSON.parse(out)).toEqual(await editionFile());
  });

  test('a folder, an OPML file and an address are read alike', async () => {
    const server = await listen(async () => new Response(await readFile(WAR)));
    const opml = join(folder, 'list.opml');
    await writeFile(opml, `<opml version="2.0"><body><outline title="Q" xmlUrl="${server.url}/feed"/></body></opml>`);
    const places = [FIXTURES, opml, `${server.url}/feed`];
    const counts = await Promise.all(
      places.map(async (place) => {
        const { out } = await dispatches(['run', '--feeds', place, ...NOW, '--dry-run', '--json']);
        return (JSON.parse(out) as EditionFile).counts;
      }),
    );
    await server.close();
    expect(counts).toMatchObject([
      { items: 5, picked: 1 },
      { items: 3, picked: 1 },
      { items: 3, picked: 1 },
    ]);
  });
});

describe('an empty day', () => {
  test('is no error, and nobody is mailed', async () => {
    const feeds = ['--feeds', join(FIXTURES, 'peace.json')];
    const { code, out } = await dispatches(['run', ...feeds, ...to, '--outbox', folder, ...NOW]);
    expect(code).toBe(0);
    expect(out).toContain('there is no news to send');
    expect(await mails()).toEqual([]);
    expect((await editionFile()).quiet).toBe(true);
  });
});

describe('what cannot work ends with code 1, a sentence, and nothing sent', () => {
  async function fails(args: readonly string[], message: RegExp): Promise<void> {
    const { code, out, err } = await dispatches(['run', ...args]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
    expect(await mails()).toEqual([]);
  }
  const rest = () => [...to, '--outbox', folder];

  test('feeds that are not there', () =>
    fails(['--feeds', 'nowhere.opml', ...rest()], /nowhere\.opml is neither.*spelling/));

  test('a folder without feeds', () => fails(['--feeds', folder, ...rest()], /There are no feeds in .*Give an OPML/));

  test('feeds that all fail, each with its reason', async () => {
    const server = await listen(() => new Response('broken', { status: 500 }));
    await writeFile(join(folder, 'page.xml'), '<html><body>Not found</body></html>');
    const feeds = ['--feeds', `${server.url}/a`, join(folder, 'page.xml')];
    await fails(
      [...feeds, ...rest()],
      /None of the feeds could be read:\n.*\/a: .*\n.*page\.xml: .*\n.*Nothing was mailed/,
    );
    await server.close();
  });

  test('an unknown place for the mail', () => fails(['--feeds', WAR], /to whom and where.*--to ADDRESS --outbox DIR/));

  test('a configuration that is not there', () =>
    fails(
      ['--feeds', WAR, '--config', 'absent.ts', ...rest()],
      /There is no configuration file .*absent\.ts.*--config/,
    ));

  test('a configuration that is wrong', async () => {
    const config = join(folder, 'bad.config.ts');
    await writeFile(config, `export default { publication: { id: 'War!' }, surprise: true };\n`);
    await fails(
      ['--feeds', WAR, '--config', config, ...rest()],
      /publication\.id: use 1 to 20 small letters[\s\S]*surprise/,
    );
  });

  test('a configuration that is no program', async () => {
    const config = join(folder, 'broken.config.ts');
    await writeFile(config, 'export default {');
    await fails(
      ['--feeds', WAR, '--config', config, ...rest()],
      /broken\.config\.ts cannot be loaded.*Correct the file/s,
    );
  });

  test('a stage that the configuration does not have', () =>
    fails(['--stage', 'moon'], /no stage "moon"; it has dev, prod/));
});
