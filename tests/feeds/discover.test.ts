import { describe, expect, test } from 'vitest';
import { checkFeed } from '../../lib/feeds/check.ts';
import { discoverFeeds } from '../../lib/feeds/discover.ts';
import { options, rss, startOrigin } from './origin.ts';

const clock = () => new Date('2026-11-23T07:00:00Z');
const site = (pages: Readonly<Record<string, string>>) =>
  startOrigin((request, response) => {
    const page = pages[request.url ?? ''];
    if (page === undefined) response.writeHead(404).end();
    else response.end(page);
  });

describe('the feed of a site', () => {
  const page = (inner: string) => `<!doctype html><html><head><title>Quay</title>${inner}</head></html>`;

  test('is what its page declares, however many', async () => {
    const declared =
      '<link rel="alternate" type="application/rss+xml" href="/a"><link rel="alternate" type="application/atom+xml" href="b">' +
      '<link rel="alternate" hreflang="nl" href="/nl"><link rel="stylesheet" href="/feed.css">';
    const origin = await site({ '/': page(declared), '/a': rss(['one']), '/b': rss(['one', 'two']) });
    const found = await discoverFeeds(origin.url, options);
    expect(found.map(({ url, feed }) => [url, feed.items.length])).toEqual([
      [`${origin.url}/a`, 1],
      [`${origin.url}/b`, 2],
    ]);
  });

  test('is what its page links to when it declares none', async () => {
    const origin = await site({
      '/': page('<a href="/about">About</a><a href="/news/rss">News</a>'),
      '/news/rss': rss(['one']),
    });
    expect((await discoverFeeds(origin.url, options)).map(({ url }) => url)).toEqual([`${origin.url}/news/rss`]);
  });

  test('is looked for in the usual places last', async () => {
    const origin = await site({ '/': page(''), '/feed.xml': rss(['one']) });
    expect((await discoverFeeds(origin.url, options)).map(({ url }) => url)).toEqual([`${origin.url}/feed.xml`]);
  });

  test('is the address itself when that is a feed', async () => {
    const origin = await site({ '/x': rss(['one']) });
    expect((await discoverFeeds(`${origin.url}/x`, options))[0]?.feed.title).toBe('Harbour News');
  });

  test('that has none is an error in words', async () => {
    const origin = await site({ '/': page('') });
    await expect(discoverFeeds(origin.url, options)).rejects.toThrow('No feed was found');
  });
});

describe('a check', () => {
  test('says how a feed is', async () => {
    const origin = await site({ '/': rss(['one', 'two']) });
    expect(await checkFeed(`${origin.url}/`, options, clock)).toEqual({
      url: `${origin.url}/`,
      ok: true,
      title: 'Harbour News',
      format: 'rss',
      items: 2,
      newest: '2026-11-23T06:00:00.000Z',
      everyMinutes: 8,
      remarks: [],
    });
  });

  test('says what is wrong and what to do', async () => {
    const origin = await startOrigin((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else response.end('<rss version="2.0"><channel><item><title>One</title></item></channel></rss>');
    });
    const { ok, remarks } = await checkFeed(`${origin.url}/old`, options, clock);
    expect(ok).toBe(true);
    expect(remarks).toEqual([
      `It has moved to ${origin.url}/new: change its address in the feed list.`,
      '1 of 1 items have no date: the time of reading is taken.',
      '1 of 1 items have no web link.',
    ]);
  });

  test('of what cannot be read gives the reason', async () => {
    const origin = await site({});
    expect(await checkFeed(origin.url, options, clock)).toMatchObject({
      ok: false,
      remarks: [expect.stringMatching(/^\[status\].*404/)],
    });
  });
});
