import { beforeEach, describe, expect, test } from 'vitest';
import { type CollectDeps, collect } from '../../lib/feeds/collect.ts';
import type { FeedState, Item } from '../../lib/feeds/model.ts';
import type { FeedStore } from '../../lib/feeds/ports.ts';
import { silent } from '../../lib/log.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { HOUR, MINUTE } from '../../lib/time.ts';
import { options, rss, startOrigin } from './origin.ts';

let now: Date;
let store: FeedStore;
let deps: CollectDeps;

beforeEach(() => {
  now = new Date('2026-11-23T07:00:00Z');
  store = openSqlite(':memory:').feeds;
  deps = { store, fetcher: options, clock: () => now, log: silent };
});

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * MINUTE);
};
const stored = async (): Promise<readonly Item[]> => (await store.itemsSince('2000-01-01T00:00:00.000Z')).items;
const stateOf = async (url: string): Promise<FeedState> =>
  (await store.getState(url)) ?? expect.unreachable('no state');

describe('a feed that is due', () => {
  test('gives items as later stages need them', async () => {
    const origin = await startOrigin((_request, response) =>
      response.end(rss(['one']).replace('/one<', '/one?utm_source=rss&amp;id=7<')),
    );
    const result = await collect(deps, {
      sources: [{ url: origin.url, title: 'Harbour', lang: 'en', control: 'state' }],
    });
    expect(result).toEqual({ read: 1, unchanged: 0, notDue: 0, failed: [], failing: 0, newItems: 1, changedItems: 0 });
    expect(await stored()).toEqual([
      {
        key: expect.stringMatching(/^[\da-f]{32}$/),
        feedUrl: origin.url,
        publisher: 'Harbour',
        family: '127.0.0.1',
        control: 'state',
        lang: 'en',
        title: 'one',
        link: 'https://news.example/one?id=7',
        summary: 'About one.',
        author: null,
        image: null,
        published: '2026-11-23T06:00:00.000Z',
        firstSeen: '2026-11-23T07:00:00.000Z',
        hash: expect.stringMatching(/^[\da-f]{64}$/),
        backlog: false,
      },
    ]);
  });

  test('is left alone until it is due again', async () => {
    const origin = await startOrigin((_request, response) => response.end(rss(['one'])));
    const sources = [{ url: origin.url }];
    await collect(deps, { sources });
    expect(await collect(deps, { sources })).toMatchObject({ read: 0, notDue: 1 });
    later(24 * 60 + 200);
    expect(await collect(deps, { sources })).toMatchObject({ read: 1, newItems: 0, changedItems: 0 });
    expect(origin.requests).toHaveLength(2);
  });

  test('counts as failing from its failure to its next success, also while it is not due', async () => {
    let broken = true;
    const origin = await startOrigin((_request, response) =>
      broken ? response.writeHead(500).end() : response.end(rss(['one'])),
    );
    const sources = [{ url: origin.url }];
    expect(await collect(deps, { sources })).toMatchObject({ failed: [{ url: origin.url }], failing: 1 });
    expect(await collect(deps, { sources })).toMatchObject({ notDue: 1, failed: [], failing: 1 });
    broken = false;
    later(20);
    expect(await collect(deps, { sources })).toMatchObject({ read: 1, failing: 0 });
    expect(await collect(deps, { sources })).toMatchObject({ notDue: 1, failing: 0 });
  });

  test('is asked whether it changed, and keeps its rhythm when it did not', async () => {
    const origin = await startOrigin((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"v1"' }).end(rss(['one'], '<ttl>300</ttl>'));
    });
    const sources = [{ url: origin.url }];
    await collect(deps, { sources });
    later(400);
    expect(await collect(deps, { sources })).toMatchObject({ read: 0, unchanged: 1 });
    const wait = Date.parse((await stateOf(origin.url)).nextFetch) - now.getTime();
    expect(wait).toBeGreaterThanOrEqual(300 * MINUTE);
  });

  test('that edits an item changes it in place', async () => {
    let text = 'About one.';
    const origin = await startOrigin((_request, response) => response.end(rss(['one']).replace('About one.', text)));
    const sources = [{ url: origin.url }];
    await collect(deps, { sources });
    text = 'More about one.';
    later(60);
    expect(await collect(deps, { sources, force: true })).toMatchObject({ newItems: 0, changedItems: 1 });
    expect(await stored()).toMatchObject([{ summary: text, firstSeen: '2026-11-23T07:00:00.000Z' }]);
  });
});

describe('a new feed', () => {
  const old = rss(['fresh', 'stale', 'undated'])
    .replace('<guid>stale</guid><pubDate>Mon, 23', '<guid>stale</guid><pubDate>Mon, 9')
    .replace(/(<guid>undated<\/guid>)<pubDate>[^<]*<\/pubDate>/, '$1');

  test('brings a backlog that is kept apart, undated items with it', async () => {
    const origin = await startOrigin((_request, response) => response.end(old));
    await collect(deps, { sources: [{ url: origin.url }] });
    const backlog = Object.fromEntries((await stored()).map(({ title, backlog }) => [title, backlog]));
    expect(backlog).toEqual({ fresh: false, stale: true, undated: true });
  });

  test('has no backlog when the run says so', async () => {
    const origin = await startOrigin((_request, response) => response.end(old));
    await collect(deps, { sources: [{ url: origin.url }], keepBacklog: true });
    expect((await stored()).map(({ backlog }) => backlog)).toEqual([false, false, false]);
  });

  test('has none of its later items taken for backlog', async () => {
    let document = rss(['one']);
    const origin = await startOrigin((_request, response) => response.end(document));
    await collect(deps, { sources: [{ url: origin.url }] });
    document = old;
    later(60);
    await collect(deps, { sources: [{ url: origin.url }], force: true });
    expect((await stored()).filter(({ backlog }) => backlog)).toEqual([]);
  });
});

describe('failures', () => {
  test('of one feed touch no other: refusals, pages, silence', async () => {
    const origin = await startOrigin((request, response) => {
      if (request.url === '/good') response.end(rss(['one']));
      else if (request.url === '/page') response.end('<!doctype html><title>Hello</title>');
      else if (request.url === '/error') response.writeHead(500).end();
    });
    const sources = ['/silent', '/error', '/page', '/good'].map((path) => ({ url: origin.url + path }));
    const result = await collect({ ...deps, fetcher: { ...options, timeoutMs: 1_000 } }, { sources });
    expect(result).toMatchObject({ read: 1, newItems: 1 });
    expect(result.failed.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('did not answer'),
      expect.stringContaining('answered 500'),
      expect.stringContaining('web page'),
    ]);
  });

  test('make the pauses longer, and a success makes them normal again', async () => {
    let broken = true;
    const origin = await startOrigin((_request, response) => {
      if (broken) response.writeHead(500).end();
      else response.end(rss(['one']));
    });
    const sources = [{ url: origin.url }];
    const pauses: number[] = [];
    for (const _ of [1, 2, 3]) {
      await collect(deps, { sources, force: true });
      pauses.push(Math.round((Date.parse((await stateOf(origin.url)).nextFetch) - now.getTime()) / MINUTE));
    }
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses[2]).toBeGreaterThanOrEqual(4 * 13);
    broken = false;
    await collect(deps, { sources, force: true });
    expect(await stateOf(origin.url)).toMatchObject({ failures: 0 });
    expect(await stateOf(origin.url)).not.toHaveProperty('problem');
  });

  test('that name a time are respected', async () => {
    const origin = await startOrigin((_request, response) => response.writeHead(429, { 'retry-after': '7200' }).end());
    await collect(deps, { sources: [{ url: origin.url }] });
    later(119);
    expect(await collect(deps, { sources: [{ url: origin.url }] })).toMatchObject({ notDue: 1 });
    expect(origin.requests).toHaveLength(1);
  });

  test('that ask to wait count for every feed of the host, in this run and the next', async () => {
    const origin = await startOrigin((request, response) => {
      if (request.url === '/busy') response.writeHead(429, { 'retry-after': '7200' }).end();
      else response.end(rss(['one']));
    });
    const sources = ['/first', '/busy', '/third'].map((path) => ({ url: origin.url + path }));
    expect(await collect(deps, { sources })).toMatchObject({ read: 1, notDue: 1 });
    later(119);
    expect(await collect(deps, { sources })).toMatchObject({ notDue: 3 });
    later(30);
    expect(await collect(deps, { sources })).toMatchObject({ read: 2 });
    expect(await stateOf(`${origin.url}/third`)).toMatchObject({ failures: 0 });
  });

  test('410 retires a feed with a sentence; after a month it is asked once more', async () => {
    let gone = true;
    const origin = await startOrigin((_request, response) => {
      if (gone) response.writeHead(410).end();
      else response.end(rss(['one']));
    });
    const sources = [{ url: origin.url }];
    await collect(deps, { sources });
    expect((await stateOf(origin.url)).retired).toContain('410');
    later(60 * 24 * 30 - 1);
    expect(await collect(deps, { sources })).toMatchObject({ notDue: 1 });
    gone = false;
    later(1);
    expect(await collect(deps, { sources })).toMatchObject({ read: 1 });
    expect(await stateOf(origin.url)).not.toHaveProperty('retired');
  });

  test('that last for weeks retire it, too; then it is asked once a week', async () => {
    const origin = await startOrigin((_request, response) => response.writeHead(404).end());
    const sources = [{ url: origin.url }];
    for (let tries = 0; tries < 25; tries++) {
      await collect(deps, { sources });
      later(2 * 24 * 60);
    }
    expect((await stateOf(origin.url)).retired).toContain('404');
    const before = origin.requests.length;
    for (let day = 0; day < 28; day++) {
      await collect(deps, { sources });
      later(24 * 60);
    }
    expect(origin.requests.length - before).toBe(4);
  });
});

describe('a feed that has moved', () => {
  test('is looked for once a run, however many feeds are new', async () => {
    const origin = await startOrigin((_request, response) => response.end(rss(['one'])));
    let listed = 0;
    const counting: FeedStore = {
      ...store,
      listStates: () => {
        listed += 1;
        return store.listStates();
      },
    };
    const hosts = ['127.0.0.1', '127.0.0.1', 'localhost'];
    const sources = hosts.map((host, n) => ({ url: `${origin.url.replace('127.0.0.1', host)}/${n}` }));
    await collect({ ...deps, store: counting }, { sources });
    await collect({ ...deps, store: counting }, { sources });
    expect(listed).toBe(1);
  });

  test('keeps its items when the list is given its new address, as the operator is told to do', async () => {
    let down = false;
    const origin = await startOrigin((request, response) => {
      if (down) response.writeHead(500).end();
      else if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else response.end(rss(['one', 'two']));
    });
    for (let fetches = 0; fetches < 3; fetches++) {
      await collect(deps, { sources: [{ url: `${origin.url}/old` }] });
      later(7 * 60);
    }
    expect((await stateOf(`${origin.url}/old`)).problem).toContain(`It has moved to ${origin.url}/new.`);
    down = true;
    await collect(deps, { sources: [{ url: `${origin.url}/old` }], force: true });
    down = false;
    const after = await collect(deps, { sources: [{ url: `${origin.url}/new` }] });
    expect(after).toMatchObject({ newItems: 0, changedItems: 0 });
    expect(await stored()).toHaveLength(2);
  });
});

describe('a store that fails', () => {
  test('ends the run with its error, begins no further host and is not held against the feeds', async () => {
    const origin = await startOrigin((_request, response) => response.end(rss(['one'])));
    const broken: FeedStore = { ...store, putItem: () => Promise.reject(new Error('the disk is full')) };
    const ports = ['localhost', '127.0.0.1', '127.0.0.2'];
    const sources = ports.map((host) => ({ url: origin.url.replace('127.0.0.1', host) }));
    const fetcher = { ...deps.fetcher, concurrency: 1 };
    await expect(collect({ ...deps, fetcher, store: broken }, { sources })).rejects.toThrow('the disk is full');
    expect([origin.requests.length, await store.listStates()]).toEqual([1, []]);
  });
});

describe('what is remembered', () => {
  test('comes after the items: a crash in between loses none of them', async () => {
    const origin = await startOrigin((request, response) => {
      if (request.headers['if-none-match']) response.writeHead(304).end();
      else response.writeHead(200, { etag: '"v1"' }).end(rss(['one']));
    });
    const crashing: FeedStore = {
      getState: (url) => store.getState(url),
      putItem: () => Promise.reject(new Error('the process ends here')),
      putState: (state) => store.putState(state),
      listStates: () => store.listStates(),
      getItem: (key) => store.getItem(key),
      itemsSince: (since) => store.itemsSince(since),
    };
    const sources = [{ url: origin.url }];
    await expect(collect({ ...deps, store: crashing }, { sources })).rejects.toThrow('the process ends here');
    expect(await store.getState(origin.url)).toBeUndefined();
    expect(await collect(deps, { sources })).toMatchObject({ newItems: 1 });
  });

  test('is a move that holds: from the fourth fetch on the new address is asked', async () => {
    const origin = await startOrigin((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else response.end(rss(['one']));
    });
    const sources = [{ url: `${origin.url}/old` }];
    for (const _ of [1, 2, 3, 4]) await collect(deps, { sources, force: true });
    expect(origin.requests.map(({ url }) => url)).toEqual(['/old', '/new', '/old', '/new', '/old', '/new', '/new']);
    expect((await stateOf(`${origin.url}/old`)).problem).toContain(`${origin.url}/new`);
  });
});

test('the feeds of one host are read one after the other with a gap, those of others meanwhile', async () => {
  const arrivals: { host: string | undefined; at: number }[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const origin = await startOrigin((request, response) => {
    arrivals.push({ host: request.headers.host, at: performance.now() });
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    response.on('finish', () => void atOnce--);
    setImmediate(() => response.end(rss(['one'])));
  });
  const other = origin.url.replace('127.0.0.1', 'localhost');
  const sources = ['/a', '/b', '/c'].flatMap((path) => [{ url: origin.url + path }, { url: other + path }]);
  const gap = 30;
  await collect({ ...deps, fetcher: { ...deps.fetcher, hostGapMs: gap } }, { sources });
  expect(arrivals).toHaveLength(6);
  expect(mostAtOnce).toBeLessThanOrEqual(2);
  for (const times of Map.groupBy(arrivals, ({ host }) => host).values()) {
    for (const [index, { at }] of times.slice(1).entries()) {
      expect(at - (times[index]?.at ?? 0)).toBeGreaterThanOrEqual(gap - 2);
    }
  }
});

test('nobody waits for a host that has not been asked yet', async () => {
  const origin = await startOrigin((_request, response) => response.end(rss(['one'])));
  const [waiting, due] = [`${origin.url}/waiting`, `${origin.url}/due`];
  const readAt = (hours: number) => new Date(now.getTime() - hours * HOUR).toISOString();
  await store.putState({ url: waiting, lastFetch: readAt(3), nextFetch: readAt(-1), failures: 0 });
  await store.putState({ url: due, lastFetch: readAt(2), nextFetch: readAt(1), failures: 0 });
  const fetcher = { ...deps.fetcher, hostGapMs: HOUR };
  const sources = [{ url: waiting }, { url: due }];
  expect(await collect({ ...deps, fetcher }, { sources })).toMatchObject({ read: 1, notDue: 1 });
});

test('progress counts feeds up to their number', async () => {
  const origin = await startOrigin((_request, response) => response.end(rss(['one'])));
  const steps: string[] = [];
  const progress = (step: string, done: number, total: number) => void steps.push(`${step} ${done}/${total}`);
  await collect({ ...deps, progress }, { sources: ['/a', '/b'].map((path) => ({ url: origin.url + path })) });
  expect(steps).toEqual(['feeds 1/2', 'feeds 2/2']);
});
