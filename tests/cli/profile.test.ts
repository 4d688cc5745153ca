import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatches } from './cli.ts';

const ARTICLE = `Dorpen bij Charkov bevrijd na maanden van bezetting
Oekraïense militairen hebben dit weekend dorpen in de regio Charkov heroverd. Inwoners van Koepjansk vertellen dat
Russische soldaten hun huizen plunderden. Het offensief gaat verder richting Izjoem, zegt het leger.`;
const PAGE = `<!doctype html><html><head><title>Site</title><meta property="og:title" content="Vliegshow boven Texel"></head>
<body><nav><p>Nieuws, sport, weer en nog veel meer van onze redactie</p></nav><article>
<p>Straaljagers van de luchtmacht toonden boven Texel hun kunsten; het leger deelde petjes uit.</p></article></body></html>`;
const FEED = `<rss version="2.0"><channel><title>T</title><item><title>Raketaanval op Charkov</title><link>https://example.org/1</link></item>
<item><title>Handelsoorlog drukt de beurs</title><link>https://example.org/2</link></item></channel></rss>`;

let folder: string;
let server: Server;
let base: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-profile-'));
  const config = (await readFile('dispatches.config.ts', 'utf8')).replace(
    /^import .*$/m,
    'const defineConfig = (c: object) => c;',
  );
  await writeFile(join(folder, 'dispatches.config.ts'), config);
  await writeFile(join(folder, 'village.txt'), ARTICLE);
  await writeFile(join(folder, 'news.xml'), FEED);
  server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(PAGE)).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((done) => server.once('listening', done));
  await run('start', '--once', '--port', '0', '--state', 'state');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const run = (...args: string[]) => dispatches(args, { cwd: folder });
const scoreOf = async (file: string) => JSON.parse((await run('explain', file, '--json')).out)[0].decision.score;

/** Each test runs the program several times. */
const SLOW = { timeout: 60_000 };

describe('dispatches profile', SLOW, () => {
  test('add writes an exemplar that can be read, which moves scores; remove takes it back', async () => {
    const before = await scoreOf('village.txt');
    const added = await run('profile', 'add', 'village.txt', '--name', 'villages');
    expect(added).toMatchObject({ code: 0, out: expect.stringContaining('more like this') });
    const file = JSON.parse(await readFile(join(folder, 'profile/exemplars/villages.json'), 'utf8'));
    expect(file).toMatchObject({ negative: false, lang: 'nl', source: 'village.txt' });
    expect(JSON.stringify(file)).not.toContain('plunderden');

    expect(await scoreOf('village.txt')).toBeGreaterThan(before);
    expect((await run('profile', 'list')).out).toMatch(/villages {2}more like this/);
    expect(JSON.parse((await run('profile', 'show', 'villages')).out)).toEqual(file);
    expect((await run('explain', 'village.txt')).out).toMatch(
      /nearest exemplar: villages, likeness 0\.\d\d \(.*Kharkiv/,
    );

    expect((await run('profile', 'add', 'village.txt', '--name', 'villages')).err).toMatch(
      /exemplar "villages" already/,
    );
    await run('profile', 'remove', 'villages');
    expect(await scoreOf('village.txt')).toBe(before);
    expect((await run('profile', 'remove', 'villages')).err).toMatch(/There is no exemplar "villages"/);
  });

  test('add reads the article of a web page; a negative one lowers what is like it', async () => {
    const before = JSON.parse((await run('explain', base, '--json')).out)[0];
    expect(before.title).toBe('Vliegshow boven Texel');
    const { code, out } = await run('profile', 'add', base, '--negative', '--name', 'airshow');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('less like this') });
    const after = JSON.parse((await run('explain', base, '--json')).out)[0];
    expect(after.decision.score).toBeLessThan(before.decision.score);
    await run('profile', 'remove', 'airshow');
  });

  test('of a feed one item must be chosen', async () => {
    expect(await run('profile', 'add', 'news.xml')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/2 items:\n {2}1 {2}Raketaanval[\s\S]*--item NUMBER/),
    });
  });

  test('a broken file of the profile is named', async () => {
    await run('profile', 'add', 'village.txt', '--name', 'broken');
    await writeFile(join(folder, 'profile/exemplars/broken.json'), '{"lang":"nl","strength":3}');
    expect(await run('profile', 'list')).toMatchObject({
      code: 1,
      err: expect.stringContaining('exemplars/broken.json is wrong at strength'),
    });
    await run('profile', 'remove', 'broken');
  });
});

test('another topic is a folder that the configuration names: run, explain and list go by it', SLOW, async () => {
  const water = join(folder, 'topic');
  await cp(join(import.meta.dirname, '../selection/fixtures/floods'), join(water, 'water'), { recursive: true });
  const config = await readFile(join(folder, 'dispatches.config.ts'), 'utf8');
  await writeFile(
    join(water, 'dispatches.config.ts'),
    config.replace('publication: {', "profile: 'water',\n  publication: {"),
  );
  const items = ['Danube floods two villages', 'Russian missiles hit Kharkiv'].map(
    (title, id) => `<item><title>${title}</title><link>https://example.org/${id}</link></item>`,
  );
  await writeFile(
    join(water, 'news.xml'),
    `<rss version="2.0"><channel><title>News</title>${items.join('')}</channel></rss>`,
  );

  const inTopic = (...args: string[]) => dispatches(args, { cwd: water });
  await inTopic('run', '--feeds', 'news.xml', '--to', 'reader@example.org', '--outbox', 'out', '--locale', 'en');
  const { stories, notPicked } = JSON.parse(await readFile(join(water, 'out/edition.json'), 'utf8'));
  expect(stories.map((story: { items: { title: string }[] }) => story.items[0]?.title)).toEqual([
    'Danube floods two villages',
  ]);
  expect(notPicked).toMatchObject([
    { title: 'Russian missiles hit Kharkiv', decision: { picked: false, reasons: [] } },
  ]);

  const [told, listed] = await Promise.all([inTopic('explain', 'news.xml'), inTopic('profile', 'list')]);
  expect(told.out).toMatch(
    /^picked: score 0\.\d+, language en, profile floods@[0-9a-f]{8}\n\+2\.60 {2}concept {2}flooding: floods/m,
  );
  expect(listed.out).toMatch(/^floods@[0-9a-f]{8} .*weights as written\n.*flooding, rescue, a river/);
});

test.each(['profile', 'rules', 'explain', 'evaluate', 'score'])('%s --help shows an example', async (name) => {
  expect((await run(name, '--help')).out).toMatch(/Examples?:\n {2}dispatches /);
});

describe('dispatches explain', SLOW, () => {
  test('explains every item of a feed, or the chosen one', async () => {
    const [all, one] = await Promise.all([run('explain', 'news.xml'), run('explain', 'news.xml', '--item', '2')]);
    expect(all.out).toMatch(/Raketaanval op Charkov\npicked: [\s\S]*Handelsoorlog drukt de beurs\nnot picked: /);
    expect(one.out).toMatch(/^Handelsoorlog drukt de beurs\nnot picked: .*[\s\S]*missing: \d/);
  });

  test('of a stored item says what its edition decided', async () => {
    const [edition] = JSON.parse((await run('edition', 'list', '--state', 'state', '--json')).out);
    const { considered, lead } = JSON.parse(
      (await run('edition', 'show', edition.id, '--state', 'state', '--json')).out,
    ).edition;
    const left = considered.find(({ why }: { why: string }) => why === 'not picked');
    const [byKey, byLink] = await Promise.all([
      run('explain', left.key, '--state', 'state'),
      run('explain', lead.items[0].item.link, '--state', 'state'),
    ]);
    expect(byKey.out).toMatch(
      /^edition sample-daily-.*: not picked, score .* by war@[0-9a-f]{8}; left out, not picked$/m,
    );
    expect(byLink.out).toMatch(/^edition sample-daily-.*: picked, .*; told$/m);
    expect((await run('explain', 'f'.repeat(32), '--state', 'state')).err).toMatch(/No stored item has the key/);
  });
});

describe('dispatches rules back-test', SLOW, () => {
  test('says which stored items a changed profile gains and loses, and changes nothing', async () => {
    await mkdir(join(folder, 'strict'));
    await writeFile(join(folder, 'strict/profile.json'), '{"name":"strict","base":"war","threshold":0.999}');

    const [same, changed] = await Promise.all([
      run('rules', 'back-test', '--state', 'state', '--json'),
      run('rules', 'back-test', '--state', 'state', '--since', '30d', '--profile', 'strict'),
    ]);
    expect(JSON.parse(same.out)).toMatchObject({ gained: [], lost: [] });
    expect(JSON.parse(same.out).picked).toBeGreaterThan(5);
    expect(changed.out).toMatch(/After +strict@[0-9a-f]{8}/);
    expect(changed.out).toMatch(/Gained +none[\s\S]*Lost +\d+ items\n {2}- [01]\.\d\d -> [01]\.\d\d {2}\w\w {2}\S/);
    expect(await run('rules', 'back-test', '--since', 'soon')).toMatchObject({ code: 2 });
  });
});
