import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../lib/feeds/parse.ts';
import { sampleEdition as richEdition } from '../editions/build.ts';
import { SAMPLE_MESSAGE, sampleEdition } from './sample-edition.ts';
import { createWorld } from './world.ts';

const DAY = 86_400_000;
const FIRST = Date.parse('2026-10-01T06:00:00.000Z');

/** A site with editions of `days` days in Dutch and English. */
async function archive(days: number) {
  const world = createWorld();
  for (let day = 0; day < days; day++) for (const locale of ['en', 'nl'] as const) await publish(world, locale, day);
  return world;
}

function publish(world: ReturnType<typeof createWorld>, locale: 'en' | 'nl', day: number) {
  const edition = sampleEdition(locale, new Date(FIRST + day * DAY).toISOString());
  return world.deps.editions.create(edition, SAMPLE_MESSAGE);
}

const read = async (response: Response) => parseFeed(new Uint8Array(await response.arrayBuffer()));

describe.each([
  ['rss', 'application/rss+xml; charset=utf-8'],
  ['atom', 'application/atom+xml; charset=utf-8'],
  ['json', 'application/feed+json; charset=utf-8'],
])('the %s feed', (format, type) => {
  test('is one of its language, with its own address in it', async () => {
    const world = await archive(2);
    const response = await world.get(`/feeds/en.${format}`);
    expect(response.headers.get('Content-Type')).toBe(type);
    expect(await response.clone().text()).toContain(`${world.url}/feeds/en.${format}`);
    const feed = await read(response);
    expect(feed.format).toBe(format);
    expect(feed.items.map(({ title }) => title)).toContain('Convoy with grain reaches the besieged port of Ellis');
    expect(feed.items).toHaveLength(3);
  });

  test('is of a conflict, a country or a town when the address says so', async () => {
    const world = createWorld();
    await world.deps.editions.create(richEdition(12), SAMPLE_MESSAGE);
    const titles = async (path: string) => (await read(await world.get(path))).items.length;
    const all = await titles(`/feeds/en.${format}`);
    const sudan = await titles(`/feeds/en/sd.${format}`);
    expect(all).toBe(12);
    expect(sudan).toBeGreaterThan(0);
    expect(sudan).toBeLessThan(all);
    expect(await titles(`/feeds/en/caucasus.${format}`)).toBe(0);
  });

  test('shows a publisher’s signs as signs: none of its text is markup for who reads the feed', async () => {
    const world = createWorld();
    const edition = sampleEdition('en');
    const text = 'Of <img src=x onerror=alert(1)> & 5 < 6 ]]> it says';
    for (const { item } of edition.lead?.items ?? []) Object.assign(item, { summary: text });
    await world.deps.editions.create(edition, SAMPLE_MESSAGE);
    const { items } = await read(await world.get(`/feeds/en.${format}`));
    expect(items[0]?.summary).toContain('Of &lt;img src=x onerror=alert(1)&gt; &amp; 5 &lt; 6 ]]&gt; it says');
  });

  test('costs a reader that has it no body, until there is an edition more', async () => {
    const world = await archive(1);
    const path = `/feeds/en.${format}`;
    const { headers } = await world.get(path);
    const tag = headers.get('ETag') ?? '';
    const date = headers.get('Last-Modified') ?? '';
    expect(headers.get('Cache-Control')).toMatch(/^public, max-age=\d+$/);
    const again = async (asked: Record<string, string>) => (await world.get(path, asked)).status;
    expect(await again({ 'If-None-Match': `"x", W/${tag}` })).toBe(304);
    expect(await again({ 'If-Modified-Since': date })).toBe(304);
    expect(await again({ 'If-None-Match': '"x"', 'If-Modified-Since': date })).toBe(200);
    expect(await again({ 'If-Modified-Since': 'yesterday' })).toBe(200);
    await publish(world, 'nl', 1);
    expect(await again({ 'If-None-Match': tag })).toBe(304);
    await publish(world, 'en', 1);
    expect(await again({ 'If-None-Match': tag })).toBe(200);
    expect(await again({ 'If-Modified-Since': date })).toBe(200);
    expect(await (await world.get(path, { 'If-None-Match': '*' })).text()).toBe('');
  });
});

test('a feed of a long archive reads few editions, and none again that it read before', async () => {
  const world = await archive(60);
  const calls = { list: 0, get: 0 };
  const { editions } = world.deps;
  const counted = createWorld({
    ...world.deps,
    editions: {
      ...editions,
      list: (...args) => {
        calls.list += 1;
        return editions.list(...args);
      },
      get: (id) => {
        calls.get += 1;
        return editions.get(id);
      },
    },
  });
  await counted.get('/feeds/en.rss');
  expect(calls).toEqual({ list: 1, get: 12 });
  await counted.get('/feeds/en/ukraine.json');
  expect(calls).toEqual({ list: 2, get: 12 });
  await publish(world, 'en', 60);
  await counted.get('/feeds/en.atom');
  expect(calls).toEqual({ list: 3, get: 13 });
});

test.each([
  '/feeds/xx.rss',
  '/feeds/en.xml',
  '/feeds/en',
  '/feeds/en/atlantis.rss',
  '/feeds/en/ukraine.rss/x',
  '/feeds/',
])('%s is no feed', async (path) => {
  expect((await createWorld().get(path)).status).toBe(404);
});

test('a feed may be read from everywhere, also by a page of somebody else, and is strict otherwise', async () => {
  const { headers } = await createWorld().get('/feeds/en.json');
  expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(headers.has('Set-Cookie')).toBe(false);
});

describe('feeds are found', () => {
  test.each(['/?lang=uk', '/editions?lang=uk'])('in the head of %s', async (path) => {
    const world = createWorld();
    const page = await (await world.get(path)).text();
    const links = [...page.matchAll(/<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"/g)];
    expect(links.map(([, , href]) => href)).toEqual(['rss', 'atom', 'json'].map((name) => `/feeds/uk.${name}`));
    for (const [, type, href] of links)
      expect((await world.get(href ?? '')).headers.get('Content-Type')).toBe(`${type}; charset=utf-8`);
  });

  test('on the archive, every one of which there is', async () => {
    const world = createWorld();
    const page = await (await world.get('/editions?lang=de')).text();
    const paths = new Set([...page.matchAll(/"(\/feeds\/[^"]+)"/g)].map(([, path]) => path ?? ''));
    expect(paths.size).toBeGreaterThan(100);
    for (const path of paths) expect([path, (await world.get(path)).status]).toEqual([path, 200]);
  });

  test('not from a page that is somebody’s own', async () => {
    expect(await (await createWorld().get('/preferences/x')).text()).not.toContain('/feeds/');
  });
});

describe('the archive by language', () => {
  const ids = (page: string) => [...page.matchAll(/href="\/editions\/([\w-]+)"/g)].map(([, id]) => id ?? '');

  test('is of the language asked for, whatever the language of the page, or of all', async () => {
    const world = await archive(3);
    const dutch = await (await world.get('/editions?lang=en&of=nl')).text();
    expect(dutch).toContain('<html lang="en"');
    expect(ids(dutch)).toEqual(['03', '02', '01'].map((day) => `war-daily-nl-202610${day}T0600Z`));
    expect(dutch).toMatch(/of=nl" aria-current="true"/);
    expect(ids(await (await world.get('/editions?of=all')).text())).toHaveLength(6);
    expect(ids(await (await world.get('/editions?lang=en&of=xx')).text())).toHaveLength(3);
  });

  test('lists no edition that was made for the wishes of some readers', async () => {
    const world = await archive(1);
    const filter = { maxStories: 1 };
    const wished = { ...sampleEdition('en'), id: 'war-daily-en_0123456789ab-20261123T0600Z', filter };
    await world.deps.editions.create(wished, SAMPLE_MESSAGE);
    expect(ids(await (await world.get('/editions?of=all')).text())).toHaveLength(2);
    expect(ids(await (await world.get('/editions?of=en')).text())).toHaveLength(1);
  });

  test('shows every edition once from page to page, and leads back to the newest', async () => {
    const world = await archive(50);
    const seen: string[] = [];
    for (let path: string | undefined = '/editions?lang=en'; path; ) {
      const page: string = await (await world.get(path)).text();
      seen.push(...ids(page));
      path = /href="([^"]+)" rel="next"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
      expect(page.includes('rel="first"')).toBe(seen.length > ids(page).length);
    }
    expect(new Set(seen).size).toBe(50);
    expect(seen).toHaveLength(50);
  });
});
