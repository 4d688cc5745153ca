import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOpml, writeOpml } from '../../lib/feeds/opml.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { HOUR } from '../../lib/time.ts';
import { dispatches } from '../cli/cli.ts';
import { OWN_CONFIG } from '../support/own-config.ts';
import { rss, startOrigin } from './origin.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-feeds-'));
  await writeFile(join(folder, 'own.config.ts'), OWN_CONFIG);
});

afterEach(() => rm(folder, { recursive: true }));

const config = () => ['--config', join(folder, 'own.config.ts')];
const state = () => ['--state', join(folder, 'state')];
const feeds = (...args: string[]) => dispatches(['feeds', ...args, ...config()]);
const list = async () => readOpml(await readFile(join(folder, 'list.opml'), 'utf8'));
const site = () =>
  startOrigin((request, response) => {
    const page = '<!doctype html><link rel="alternate" type="application/rss+xml" href="/news.xml"><title>Quay</title>';
    if (request.url === '/') response.end(page);
    else if (request.url === '/news.xml') response.end(rss(['one', 'two']));
    else response.writeHead(404).end();
  });

describe('dispatches feeds', () => {
  test('add finds the feed of a site and lists it once, by the name given', async () => {
    const { url } = await site();
    const first = await feeds('add', url, '--title', 'Quay & Co', '--language', 'en');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain(`Harbour News: rss, 2 items, ${url}/news.xml\n1 feed added`);
    expect((await feeds('add', `${url}/news.xml`)).out).toContain('Nothing to add');
    expect(await list()).toEqual([{ url: `${url}/news.xml`, title: 'Quay & Co', lang: 'en' }]);
  });

  test('add of a site without a feed says so and changes nothing', async () => {
    const { url } = await startOrigin((_request, response) => response.end('<!doctype html><title>Quay</title>'));
    const { code, err } = await feeds('add', url);
    expect([code, err]).toEqual([1, expect.stringContaining('No feed was found')]);
    await expect(list()).rejects.toThrow();
  });

  test('check --json says of each how it is, and ends with 1 when one cannot be read', async () => {
    const { url } = await site();
    const sources = [{ url: `${url}/news.xml` }, { url: `${url}/none` }, { url: `${url}/` }];
    await writeFile(join(folder, 'list.opml'), writeOpml(sources));
    const { code, out } = await feeds('check', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({ url: `${url}/news.xml`, ok: true, format: 'rss', items: 2 }),
      expect.objectContaining({ ok: false, remarks: [expect.stringContaining('404')] }),
      expect.objectContaining({ ok: false, remarks: [expect.stringContaining('web page')] }),
    ]);
  });

  test('export gives what import takes', async () => {
    const sources = [
      { url: 'https://a.example/?b=1&c=2', title: '"A" <B> & Ç', lang: 'nl', family: 'a', control: 'state' as const },
      { url: 'https://b.example/' },
    ];
    await writeFile(join(folder, 'list.opml'), writeOpml(sources));
    const { out } = await feeds('export');
    await rm(join(folder, 'list.opml'));
    await writeFile(join(folder, 'other.opml'), out);
    expect((await feeds('import', join(folder, 'other.opml'))).out).toContain('2 feeds added');
    expect(await list()).toEqual(sources);
  });

  test('list says how each feed is, once this machine has read them', async () => {
    const { url } = await site();
    await writeFile(join(folder, 'list.opml'), writeOpml([{ url: `${url}/news.xml` }, { url: `${url}/none` }]));
    expect(JSON.parse((await feeds('list', '--json', ...state())).out)).toHaveLength(2);
    await dispatches(['run', ...config(), ...state()]);
    const [read, failed] = JSON.parse((await feeds('list', '--json', ...state())).out);
    expect(read.health).toEqual({
      lastSuccess: expect.any(String),
      nextFetch: expect.any(String),
      failures: 0,
    });
    expect(failed.health).toMatchObject({ failures: 1, problem: expect.stringContaining('404') });
    expect((await feeds('list', ...state())).out).toMatch(/never read, 1 failure in a row, next /);
  });
});

test('a new feed brings its backlog as such; an edit is made in place and flagged', async () => {
  let text = 'About fresh.';
  const hour = (ago: number) => new Date(Date.now() - ago * HOUR).toUTCString();
  const { url } = await startOrigin((_request, response) => {
    const document = rss(['fresh', 'stale']).replace('About fresh.', text);
    const dates = [hour(1), hour(100)].values();
    response.end(document.replace(/<pubDate>[^<]*/g, () => `<pubDate>${dates.next().value}`));
  });
  await writeFile(join(folder, 'list.opml'), writeOpml([{ url }]));
  const items = async () => {
    const stores = openSqlite(join(folder, 'state/dispatches.sqlite'));
    const { items } = await stores.feeds.itemsSince('2000-01-01T00:00:00.000Z');
    stores.close();
    return Object.fromEntries(
      items.map(({ title, summary, backlog, changed }) => [title, { summary, backlog, changed }]),
    );
  };
  await dispatches(['run', ...config(), ...state()]);
  expect(await items()).toEqual({
    fresh: { summary: text, backlog: false, changed: undefined },
    stale: { summary: 'About stale.', backlog: true, changed: undefined },
  });
  text = 'More about fresh.';
  const tomorrow = new Date(Date.now() + 26 * HOUR).toISOString();
  await dispatches(['run', '--now', tomorrow, ...config(), ...state()]);
  expect(await items()).toEqual({
    fresh: { summary: text, backlog: false, changed: expect.any(String) },
    stale: { summary: 'About stale.', backlog: true, changed: undefined },
  });
});
