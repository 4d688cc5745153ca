import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ZONES } from '../../lib/subscriptions/zones.ts';
import { LOCALES } from '../../lib/types.ts';
import { acceptedLocale } from '../../lib/web/locale.ts';
import { STYLE_PATH } from '../../lib/web/style.ts';
import { WEB_TEXTS } from '../../lib/web/texts.ts';
import { SAMPLE_MESSAGE, sampleEdition } from './sample-edition.ts';
import { createWorld, formToken } from './world.ts';

const langOf = (page: string) => /<html lang="(\w+)"/.exec(page)?.[1];

describe('the language of a page', () => {
  test.each([
    ['nl-BE,en;q=0.8', 'nl'],
    ['ja,uk;q=0.3,pl;q=0.9', 'pl'],
    ['de;q=0,fr', 'fr'],
    ['*', undefined],
    ['', undefined],
    [undefined, undefined],
    [',;q=,;;q=x', undefined],
  ])('for a browser that asks for %j is %s', (header, locale) => {
    expect(acceptedLocale(header, LOCALES)).toBe(locale);
  });

  test('is the one asked for in the address, before the browser', async () => {
    const world = createWorld();
    const asked = await world.get('/?lang=fr', { 'Accept-Language': 'de' });
    expect(langOf(await asked.text())).toBe('fr');
    expect(asked.headers.get('Content-Language')).toBe('fr');
    expect(langOf(await (await world.get('/', { 'Accept-Language': 'de' })).text())).toBe('de');
    expect(langOf(await (await world.get('/?lang=xx"><b>')).text())).toBe('nl');
  });

  test.each(LOCALES)('%s has a word for everything', (locale) => {
    const words = Object.values(WEB_TEXTS[locale]).flatMap((part) =>
      typeof part === 'string' ? part : Object.values(part),
    );
    expect(words.filter((word) => word.trim() === '')).toEqual([]);
    const holes = (texts: unknown) => (JSON.stringify(texts).match(/\{\w+\}/g) ?? []).toSorted();
    expect(holes(WEB_TEXTS[locale])).toEqual(holes(WEB_TEXTS.en));
  });
});

describe('the first page', () => {
  test('shows the form with its defaults and the latest edition in the same language', async () => {
    const world = createWorld();
    for (const dueAt of ['2026-11-22T06:00:00.000Z', '2026-11-23T06:00:00.000Z']) {
      await world.deps.editions.create(sampleEdition('en', dueAt), SAMPLE_MESSAGE);
      await world.deps.editions.create(sampleEdition('nl', dueAt), SAMPLE_MESSAGE);
    }
    const page = await (await world.get('/?lang=en')).text();
    expect(page).toContain('Convoy with grain reaches the besieged port of Ellis');
    expect(page).toContain('/editions/war-daily-en-20261123T0600Z');
    expect(page).not.toContain('Konvooi');
    expect(page).toContain('<option value="Europe/Amsterdam" selected>');
    expect(page).toContain('<option value="7" selected>');
    expect(formToken(page)).toMatch(/^t1\./);
  });

  test('does without an edition', async () => {
    expect((await createWorld().get('/')).status).toBe(200);
  });

  test('escapes what publishers wrote', async () => {
    const world = createWorld();
    const edition = sampleEdition('en');
    const [section] = edition.sections;
    const [story] = section?.stories ?? [];
    const [best] = story?.items ?? [];
    if (!story || !best) throw new Error('the sample has no story');
    const item = { ...best.item, title: '<script>alert(1)</script>', publisher: '"><img src=x>' };
    const evil = {
      ...edition,
      lead: { ...story, items: [{ ...best, item, decision: { ...best.decision, lang: '"><b>' } }] },
    };
    await world.deps.editions.create(evil, SAMPLE_MESSAGE);
    const page = await (await world.get('/?lang=en')).text();
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).not.toMatch(/<script|<img|"><b>/);
  });
});

describe('the archive', () => {
  test('lists editions in the language of the visitor, newest first', async () => {
    const world = createWorld();
    for (const day of ['20', '21', '22']) {
      await world.deps.editions.create(sampleEdition('en', `2026-11-${day}T06:00:00.000Z`), SAMPLE_MESSAGE);
      await world.deps.editions.create(sampleEdition('nl', `2026-11-${day}T06:00:00.000Z`), SAMPLE_MESSAGE);
    }
    const page = await (await world.get('/editions?lang=en')).text();
    const ids = [...page.matchAll(/\/editions\/([\w-]+)/g)].map((match) => match[1]);
    expect(ids).toEqual(['22', '21', '20'].map((day) => `war-daily-en-202611${day}T0600Z`));
  });

  test('of all languages says of each edition which it is in', async () => {
    const world = createWorld();
    for (const locale of ['nl', 'uk'] as const) await world.deps.editions.create(sampleEdition(locale), SAMPLE_MESSAGE);
    expect(await (await world.get('/editions?lang=en&of=all')).text()).toMatch(
      /Ukrainian · Stories: 3[\s\S]+Dutch · Stories: 3/,
    );
    expect(await (await world.get('/editions?lang=en&of=nl')).text()).not.toContain('Dutch ·');
  });

  test('stays where it is when the language of the page is changed, and hands on nothing that means nothing here', async () => {
    const world = createWorld();
    const inDutch = async (query: string) => {
      const page = await (await world.get(`/editions?${query}`)).text();
      return /href="([^"]+)" lang="nl" hreflang="nl"/.exec(page)?.[1];
    };
    expect(await inDutch('of=all')).toBe('/editions?lang=nl&amp;of=all');
    expect(await inDutch('lang=de&of=uk&x=1')).toBe('/editions?lang=nl&amp;of=uk');
    expect(await inDutch('of=xx&next=//evil.example')).toBe('/editions?lang=nl');
    const older = encodeURIComponent('a+b/"c=');
    expect(await inDutch(`of=all&after=${older}`)).toBe(`/editions?lang=nl&amp;of=all&amp;after=${older}`);
  });

  test('shows an edition in its own language, and what is not there as such', async () => {
    const world = createWorld();
    await world.deps.editions.create(sampleEdition('nl'), SAMPLE_MESSAGE);
    const response = await world.get('/editions/war-daily-nl-20261123T0600Z');
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Language')).toBe('nl');
    expect(await response.text()).toContain('Konvooi met graan');
    expect((await world.get('/editions/war-daily-nl-19990101T0600Z')).status).toBe(404);
  });
});

describe('headers', () => {
  const everywhere = [
    '/',
    '/editions',
    '/nowhere',
    '/healthz',
    STYLE_PATH,
    '/confirm/x',
    '/unsubscribe/x',
    '/preferences/x',
  ];

  test.each(everywhere)('%s is strict', async (path) => {
    const { headers } = await createWorld().get(path);
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('Content-Security-Policy')).not.toMatch(/script-src|unsafe/);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('Strict-Transport-Security')).toBe('max-age=63072000');
    expect(headers.has('Set-Cookie')).toBe(false);
  });

  test.each(['/confirm/x', '/unsubscribe/x', '/preferences/x'])('%s is kept and listed by nobody', async (path) => {
    const { headers } = await createWorld().get(path);
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('X-Robots-Tag')).toContain('noindex');
  });

  test('there is no HSTS on plain http, as on a laptop', async () => {
    const site = { name: 'Dispatches', url: 'http://127.0.0.1:8080', from: 'a@example.org', contact: 'none' };
    expect((await createWorld({ site }).get('/')).headers.has('Strict-Transport-Security')).toBe(false);
  });

  test('the style sheet may be kept for good, since its address changes with it', async () => {
    const { headers } = await createWorld().get(STYLE_PATH);
    expect(headers.get('Cache-Control')).toContain('immutable');
    expect(headers.get('Content-Type')).toBe('text/css; charset=utf-8');
  });
});

test('a body over 8 KB is refused, whatever its length claims to be', async () => {
  const world = createWorld();
  const big = 'a'.repeat(9 * 1024);
  expect((await world.post('/subscribe', { email: big })).status).toBe(413);
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(big));
      controller.close();
    },
  });
  const init = {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  };
  expect((await world.site.fetch(new Request(`${world.url}/subscribe`, init))).status).toBe(413);
});

test.each([
  '//evil.example',
  '/?lang=//evil.example',
  '/subscribe?next=https://evil.example',
  '/editions//evil.example',
])('%s sends nobody elsewhere', async (path) => {
  const world = createWorld();
  const response = await world.site.fetch(new Request(world.url + path));
  const location = response.headers.get('Location');
  expect(location === null || location === '/').toBe(true);
  expect(await response.text()).not.toContain('href="//');
});

test('robots may read the pages, which say themselves what is not to be listed', async () => {
  const { headers, status } = await createWorld().get('/robots.txt');
  expect([status, headers.get('Content-Type')]).toEqual([200, 'text/plain; charset=utf-8']);
  expect((await createWorld().get('/embed')).headers.has('X-Robots-Tag')).toBe(false);
});

test('what goes wrong inside stays inside', async () => {
  const world = createWorld();
  const editions = {
    ...world.deps.editions,
    list: () => Promise.reject(new Error('table ada@example.org is on fire')),
  };
  const broken = createWorld({ ...world.deps, editions, log: world.deps.log });
  const response = await broken.get('/');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('on fire');
  expect(world.lines.join()).toContain('[address] is on fire');
});

test('every zone on offer is one that dates can be computed in', () => {
  for (const zone of [...ZONES.values()].flat()) {
    expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  }
  expect(ZONES.get('Europe')).toContain('Europe/Kyiv');
});

test('no page puts text in unescaped', () => {
  const folder = join(import.meta.dirname, '../../lib/web');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const using = files.filter((name) => /\braw\(|dangerously|innerHTML/.test(readFileSync(join(folder, name), 'utf8')));
  expect(using).toEqual([]);
});
