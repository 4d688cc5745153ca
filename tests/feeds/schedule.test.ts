import { describe, expect, test } from 'vitest';
import { DEFAULT_FEED_PACE } from '../../lib/feeds/feed-pace.ts';
import { freshSeconds, retryAfterSeconds } from '../../lib/feeds/http-dates.ts';
import { isDue, isLost, nextCheck, nextTry, wishedMinutes } from '../../lib/feeds/schedule.ts';
import { DAY, HOUR, MINUTE } from '../../lib/time.ts';

const now = new Date('2026-11-23T07:00:00Z');
const url = 'https://news.example/feed';
const wait = (instant: string) => (Date.parse(instant) - now.getTime()) / MINUTE;
const everyHours = (hours: number, count = 10) =>
  Array.from({ length: count }, (_, index) => new Date(now.getTime() - index * hours * HOUR).toISOString());

test('what a clock wrote that was ahead leaves no feed alone once it is right', () => {
  const state = (hours: number) => {
    const lastFetch = new Date(now.getTime() + hours * HOUR).toISOString();
    return { url, failures: 0, lastFetch, nextFetch: new Date(Date.parse(lastFetch) + HOUR).toISOString() };
  };
  expect([24, 0.1, -0.5, -2].map((hours) => isDue(state(hours), now))).toEqual([true, false, false, true]);
});

describe('how often a feed is read', () => {
  test('follows its own rhythm: about two fetches per item', () => {
    expect(wishedMinutes({ published: everyHours(2) }, now, DEFAULT_FEED_PACE)).toBe(60);
    expect(wishedMinutes({ published: everyHours(8) }, now, DEFAULT_FEED_PACE)).toBe(240);
  });

  test('slows down while nothing appears', () => {
    const old = everyHours(1).map((date) => new Date(Date.parse(date) - 30 * DAY).toISOString());
    expect(wishedMinutes({ published: old }, now, DEFAULT_FEED_PACE)).toBe(360);
  });

  test('is an hour when there are no dates to go by, and dates in the future do not count', () => {
    expect(wishedMinutes({ published: [null, '2030-01-01T00:00:00.000Z'] }, now, DEFAULT_FEED_PACE)).toBe(60);
  });

  test('is never more often than the publisher asks', () => {
    expect(wishedMinutes({ published: everyHours(1), ttlMinutes: 300 }, now, DEFAULT_FEED_PACE)).toBe(300);
  });
});

describe('the next check', () => {
  test.each([
    [1, 13],
    [60, 60],
    [100_000, 7 * 24 * 60],
  ])('wished for every %i minutes comes after %i, and at most a tenth later', (everyMinutes, minutes) => {
    const waited = wait(nextCheck({ url, everyMinutes }, now, DEFAULT_FEED_PACE));
    expect(waited).toBeGreaterThanOrEqual(minutes);
    expect(waited).toBeLessThanOrEqual(minutes * 1.1);
  });

  test('waits until the answer is no longer fresh', () => {
    expect(wait(nextCheck({ url, everyMinutes: 15 }, now, DEFAULT_FEED_PACE, 7200))).toBeGreaterThanOrEqual(120);
  });

  test('keeps out of the hours that the publisher asks to skip', () => {
    const at = nextCheck({ url, everyMinutes: 15, skipHours: [7, 8, 9] }, now, DEFAULT_FEED_PACE);
    expect(at).toBe('2026-11-23T10:00:00.000Z');
  });

  test('comes all the same when every hour is to be skipped', () => {
    const skipHours = Array.from({ length: 24 }, (_, hour) => hour);
    expect(wait(nextCheck({ url, everyMinutes: 15, skipHours }, now, DEFAULT_FEED_PACE))).toBeLessThan(17);
  });

  test('differs between feeds, so that they do not all come at once', () => {
    const times = new Set(
      Array.from({ length: 20 }, (_, n) => nextCheck({ url: `${url}${n}`, everyMinutes: 60 }, now, DEFAULT_FEED_PACE)),
    );
    expect(times.size).toBeGreaterThan(15);
  });
});

describe('after failures', () => {
  test('the pause doubles, up to a day', () => {
    const pauses = [1, 2, 3, 4, 20].map((failures) =>
      Math.floor(wait(nextTry(url, now, failures, DEFAULT_FEED_PACE)) / 13),
    );
    expect(pauses).toEqual(
      [1, 2, 4, 8, (24 * 60) / 13].map((times) =>
        Math.floor(times * (wait(nextTry(url, now, 1, DEFAULT_FEED_PACE)) / 13)),
      ),
    );
  });

  test('a longer wish of the server counts, up to a month', () => {
    expect(wait(nextTry(url, now, 1, DEFAULT_FEED_PACE, 3600))).toBeGreaterThanOrEqual(60);
    expect(wait(nextTry(url, now, 1, DEFAULT_FEED_PACE, 999_999_999))).toBeLessThanOrEqual(30 * 24 * 60 * 1.1);
  });

  test('a feed is given up after many of them and a month without a success', () => {
    const recently = '2026-11-20T00:00:00.000Z';
    const longAgo = '2026-10-01T00:00:00.000Z';
    expect([
      isLost(20, recently, now, DEFAULT_FEED_PACE),
      isLost(19, longAgo, now, DEFAULT_FEED_PACE),
      isLost(20, longAgo, now, DEFAULT_FEED_PACE),
    ]).toEqual([false, false, true]);
  });
});

describe('caching headers', () => {
  test.each([
    [{ 'cache-control': 'public, max-age=600' }, 600],
    [{ 'cache-control': 'max-age=600, no-cache' }, 0],
    [{ expires: 'Mon, 23 Nov 2026 08:00:00 GMT', date: 'Mon, 23 Nov 2026 07:00:00 GMT' }, 3600],
    [{ 'cache-control': 'max-age=60', expires: 'Mon, 23 Nov 2030 08:00:00 GMT' }, 60],
    [{ expires: '0' }, 0],
    [{}, 0],
  ])('%j keeps an answer fresh for %i seconds', (headers, seconds) => {
    expect(freshSeconds({ date: 'Mon, 23 Nov 2026 07:00:00 GMT', ...headers }, now)).toBe(seconds);
  });

  test('a date counts by the clock that makes it longer', () => {
    const date = 'Mon, 23 Nov 2026 08:00:00 GMT';
    expect(retryAfterSeconds(date, 'Mon, 23 Nov 2026 07:59:00 GMT', now)).toBe(3600);
    expect(retryAfterSeconds(date, 'Mon, 23 Nov 2026 06:00:00 GMT', now)).toBe(7200);
    expect(retryAfterSeconds(date, undefined, now)).toBe(3600);
  });

  test('Retry-After in the past means now', () => {
    expect(retryAfterSeconds('Mon, 23 Nov 2026 06:00:00 GMT', 'Mon, 23 Nov 2026 07:00:00 GMT', now)).toBe(0);
  });
});
