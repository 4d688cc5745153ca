import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../../lib/feeds/collect.ts';
import { silent } from '../../lib/log.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { DAY, HOUR, MINUTE } from '../../lib/time.ts';
import { openOrigin, options, rss } from './origin.ts';

const START = Date.parse('2026-11-23T00:00:00Z');

interface Asked {
  /** Of our clock, which is the origin's too. */
  readonly at: number;
  readonly conditional: boolean;
}

/** What the origin does at a path; `nth` counts the requests to it from 0, and is 0 for the first. */
type Script = (answer: { response: ServerResponse; headers: IncomingHttpHeaders; now: number; nth: number }) => void;

const document = (now: number, channel = '') => rss([`Day ${Math.floor((now - START) / DAY)}`], channel);
const httpDate = (time: number) => new Date(time).toUTCString();

/** An origin with validators that change once a day. */
const daily =
  (more: Readonly<Record<string, string>> = {}, channel = ''): Script =>
  ({ response, headers, now }) => {
    const etag = `W/"${Math.floor((now - START) / DAY)}"`;
    if (headers['if-none-match'] === etag) response.writeHead(304, { etag, ...more }).end();
    else response.writeHead(200, { etag, ...more }).end(document(now, channel));
  };

const refusing =
  (status: number, after: (now: number) => string): Script =>
  (answer) => {
    if (answer.nth % 2 === 0) answer.response.writeHead(status, { 'retry-after': after(answer.now) }).end();
    else daily()(answer);
  };

const scripts: Readonly<Record<string, Script>> = {
  '/plain': daily(),
  '/date-only': ({ response, headers, now }) => {
    const stamp = httpDate(START + Math.floor((now - START) / DAY) * DAY);
    if (headers['if-modified-since'] === stamp) response.writeHead(304).end();
    else response.writeHead(200, { 'last-modified': stamp, etag: '' }).end(document(now));
  },
  '/ttl': daily({}, '<ttl>300</ttl>'),
  '/long-ttl': daily({}, `<ttl>${3 * 24 * 60}</ttl>`),
  '/max-age': daily({ 'cache-control': 'public, max-age=14400' }),
  '/expires': (answer) => daily({ expires: httpDate(answer.now + 5 * HOUR) })(answer),
  '/skip': daily({}, '<skipHours><hour>0</hour><hour>1</hour><hour>2</hour><hour>13</hour></skipHours>'),
  '/gone': (answer) => {
    if (answer.now - START < 3 * DAY) daily()(answer);
    else answer.response.writeHead(410).end();
  },
  '/retry-seconds': refusing(429, () => '21600'),
  '/retry-date': refusing(503, (now) => httpDate(now + 3 * DAY)),
  '/page': ({ response, headers }) => {
    if (headers['if-none-match'] === '"p"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"p"' }).end('<!doctype html><title>Maintenance</title>');
  },
  '/broken': ({ response }) => response.writeHead(500).end(),
};

const log = new Map<string, Asked[]>();
const asked = (path: string) => log.get(path) ?? [];
const waits = (path: string) => {
  const times = asked(path).map(({ at }) => at);
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
};
const shortest = (path: string) => Math.min(...waits(path));

beforeAll(async () => {
  let now = START;
  const origin = await openOrigin((request, response) => {
    const path = request.url ?? '';
    const before = asked(path);
    const { headers } = request;
    const conditional = 'if-none-match' in headers || 'if-modified-since' in headers;
    log.set(path, [...before, { at: now, conditional }]);
    response.setHeader('date', httpDate(now));
    scripts[path]?.({ response, headers, now, nth: before.length });
  });
  const clock = () => new Date(now);
  const deps = { store: openSqlite(':memory:').feeds, fetcher: options, clock, log: silent };
  const sources = Object.keys(scripts).map((path) => ({ url: origin.url + path }));
  // What asks to wait holds up its whole host: it is read by itself.
  const groups = Object.values(Object.groupBy(sources, ({ url }) => (/retry/.test(url) ? url : 'others')));
  for (; now < START + 14 * DAY; now += 15 * MINUTE) {
    for (const group of groups) if (group) await collect(deps, { sources: group });
  }
  origin.close();
}, 60_000);

describe('over fourteen days, asked every quarter of an hour', () => {
  test('every feed was read, and none more than four times an hour', () => {
    for (const path of Object.keys(scripts)) {
      expect(asked(path).length, path).toBeGreaterThan(3);
      expect(shortest(path), path).toBeGreaterThanOrEqual(15 * MINUTE);
    }
  });

  test.each(['/plain', '/date-only', '/ttl', '/max-age', '/expires', '/skip', '/page'])(
    '%s, which gives validators, was asked for in full at most once a week',
    (path) => {
      const full = asked(path).filter(({ conditional }) => !conditional);
      expect(full.length).toBeLessThanOrEqual(2);
      for (const [index, { at }] of full.entries()) {
        expect(index === 0 || at - (full[index - 1]?.at ?? 0) >= 7 * DAY).toBe(true);
      }
    },
  );

  test.each([
    ['/ttl', 300 * MINUTE],
    ['/long-ttl', 3 * DAY],
    ['/max-age', 4 * HOUR],
    ['/expires', 5 * HOUR],
  ])('%s was never asked before its time, nor much later', (path, least) => {
    expect(shortest(path)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...waits(path))).toBeLessThanOrEqual(Math.max(least, 6 * HOUR) * 1.1 + 15 * MINUTE);
  });

  test('the hours to be skipped were, once they were known', () => {
    const hours = asked('/skip')
      .slice(1)
      .map(({ at }) => new Date(at).getUTCHours());
    expect(hours.filter((hour) => [0, 1, 2, 13].includes(hour))).toEqual([]);
    expect(hours.length).toBeGreaterThan(20);
  });

  test('a feed that was gone was not asked again', () => {
    expect(asked('/gone').filter(({ at }) => at >= START + 3 * DAY)).toHaveLength(1);
  });

  test.each([
    ['/retry-seconds', 6 * HOUR],
    ['/retry-date', 3 * DAY],
  ])('%s was left alone for as long as it asked', (path, least) => {
    const afterRefusals = waits(path).filter((_, index) => index % 2 === 0);
    expect(Math.min(...afterRefusals)).toBeGreaterThanOrEqual(least);
  });

  test('a feed that fails was asked ever more seldom, at last once a day', () => {
    expect(
      waits('/broken')
        .slice(-5)
        .every((wait) => wait >= DAY && wait <= 1.1 * DAY + 15 * MINUTE),
    ).toBe(true);
    expect(asked('/broken').length).toBeLessThan(25);
  });
});
