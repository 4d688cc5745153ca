import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { FeedError } from '../../lib/feeds/feed-error.ts';
import { fetchFeed } from '../../lib/feeds/fetch.ts';
import { redirectTarget } from '../../lib/feeds/request-url.ts';
import { options, startOrigin } from './origin.ts';

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('it should have failed'),
    (error: FeedError) => error,
  );

describe('asks politely', () => {
  test('says who asks, and sends the validators of the last answer byte for byte', async () => {
    const origin = await startOrigin((_request, response) => response.writeHead(304, { etag: 'W/"b"' }).end());
    const validators = { etag: 'W/"a"', lastModified: 'Mon, 23 Nov 2026 06:00:00 GMT' };
    const fetched = await fetchFeed(origin.url, validators, options);
    expect(fetched.bytes).toBeUndefined();
    expect(fetched.headers.etag).toBe('W/"b"');
    expect(origin.requests[0]?.headers).toMatchObject({
      'user-agent': options.userAgent,
      'if-none-match': 'W/"a"',
      'if-modified-since': validators.lastModified,
    });
  });

  test('sends no credentials, cookies or fragment', async () => {
    const origin = await startOrigin((_request, response) => response.end('x'));
    await fetchFeed(`${origin.url.replace('//', '//user:secret@')}/feed#top`, {}, options);
    expect(origin.requests[0]?.url).toBe('/feed');
    expect(origin.requests[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('redirects', () => {
  test('are followed, and reported when all of them are permanent', async () => {
    const origin = await startOrigin((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/newer' }).end();
      else if (request.url === '/newer') response.writeHead(308, { location: '/newest' }).end();
      else response.end('here');
    });
    const fetched = await fetchFeed(`${origin.url}/old`, {}, options);
    expect([text(fetched.bytes), fetched.movedTo]).toEqual(['here', `${origin.url}/newest`]);
  });

  test('that are temporary anywhere do not count as a move', async () => {
    const origin = await startOrigin((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/b' }).end();
      else if (request.url === '/b') response.writeHead(301, { location: '/c' }).end();
      else response.end('here');
    });
    expect(await fetchFeed(`${origin.url}/old`, {}, options)).not.toHaveProperty('movedTo');
  });

  test('in a circle end after the allowed number', async () => {
    const origin = await startOrigin((_request, response) => response.writeHead(302, { location: '/' }).end());
    const error = await failure(fetchFeed(origin.url, {}, { ...options, maxRedirects: 3 }));
    expect([error.code, origin.requests.length]).toEqual(['redirects', 4]);
  });

  test.each(['file:///etc/passwd', 'gopher://127.0.0.1/', 'ftp://127.0.0.1/'])(
    'to %s are refused',
    async (location) => {
      const origin = await startOrigin((_request, response) => response.writeHead(302, { location }).end());
      expect((await failure(fetchFeed(origin.url, {}, options))).code).toBe('address');
    },
  );
});

describe('a redirect between http and https', () => {
  const target = (from: string, location: string) => redirectTarget(location, new URL(from))?.href;

  test('is followed up and along, never down', () => {
    expect(target('http://a.example/x', 'https://b.example/y')).toBe('https://b.example/y');
    expect(target('https://a.example/x', '//b.example/y')).toBe('https://b.example/y');
    expect(() => target('https://a.example/x', 'http://a.example/x')).toThrow('from https to http');
  });
});

describe('bodies', () => {
  const packed = {
    gzip: gzipSync('news'),
    br: brotliCompressSync('news'),
    zstd: zstdCompressSync('news'),
    identity: 'news',
  };

  test.each(Object.entries(packed))('compressed with %s are unpacked', async (coding, body) => {
    const origin = await startOrigin((_request, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end(body);
    });
    expect(text((await fetchFeed(origin.url, {}, options)).bytes)).toBe('news');
  });

  test('that are gzip without saying so are unpacked, too', async () => {
    const origin = await startOrigin((_request, response) => response.end(gzipSync('news')));
    expect(text((await fetchFeed(origin.url, {}, options)).bytes)).toBe('news');
  });

  const zeros = Buffer.alloc(64 * 1_048_576);
  const bombs = {
    gzip: gzipSync(zeros),
    br: brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
    zstd: zstdCompressSync(zeros),
  };

  test.each(Object.entries(bombs))(
    'that unpack beyond the limit are cut off while they stream (%s)',
    async (coding, body) => {
      const origin = await startOrigin((_request, response) => {
        response.writeHead(200, { 'content-encoding': coding }).end(body);
      });
      const error = await failure(fetchFeed(origin.url, {}, { ...options, maxBytes: 1_048_576 }));
      expect(error.code).toBe('too-large');
    },
  );

  test('without an end are cut off at the limit', async () => {
    const origin = await startOrigin((_request, response) => {
      const more = (): void =>
        void (response.write(Buffer.alloc(65_536)) ? setImmediate(more) : response.once('drain', more));
      more();
    });
    const error = await failure(fetchFeed(origin.url, {}, { ...options, maxBytes: 1_048_576 }));
    expect(error.code).toBe('too-large');
  });

  test.each([
    ['gzip, gzip', gzipSync(gzipSync('news'))],
    ['gzip', Buffer.from('plain after all')],
    ['br', Buffer.from('plain after all')],
    ['zstd', Buffer.from('plain after all')],
    ['compress', Buffer.from('x')],
    ['constructor', Buffer.from('x')],
  ])('whose coding is nested, unknown or a lie (%s) are an error in words', async (coding, body) => {
    const origin = await startOrigin((_request, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end(body);
    });
    const error = await failure(fetchFeed(origin.url, {}, options));
    expect([error.code, error.advice]).toEqual(['encoding', expect.stringContaining('gzip')]);
  });

  test('shorter than announced are an error, not a short feed', async () => {
    const origin = await startOrigin((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('only this');
      setImmediate(() => response.destroy());
    });
    expect((await failure(fetchFeed(origin.url, {}, options))).code).toBe('network');
  });
});

describe('time', () => {
  const hasty = { ...options, timeoutMs: 150 };

  test('is limited for a server that never answers', async () => {
    const origin = await startOrigin(() => {});
    expect((await failure(fetchFeed(origin.url, {}, hasty))).code).toBe('timeout');
  });

  test('is limited until the headers are there, however long the whole may take', async () => {
    const origin = await startOrigin(() => {});
    const error = await failure(fetchFeed(origin.url, {}, { ...options, headersMs: 100 }));
    expect([error.code, error.message]).toEqual(['timeout', expect.stringContaining('answer within 0.1 seconds')]);
  });

  test('is limited as a whole: a body that drips does not renew it', async () => {
    const origin = await startOrigin((_request, response) => {
      const drip = setInterval(() => response.write('<'), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect((await failure(fetchFeed(origin.url, {}, hasty))).code).toBe('timeout');
  });
});

describe('refusals', () => {
  test.each([
    [410, 'gone'],
    [429, 'busy'],
    [503, 'busy'],
    [404, 'status'],
    [500, 'status'],
    [204, 'status'],
  ])('status %i is reported as %s', async (status, code) => {
    const origin = await startOrigin((_request, response) => response.writeHead(status).end());
    const error = await failure(fetchFeed(origin.url, {}, options));
    expect([error.code, error.advice]).toEqual([code, expect.stringMatching(/\w/)]);
  });

  test.each([
    ['120', 120],
    ['Mon, 23 Nov 2026 07:02:00 GMT', 120],
    ['soon', undefined],
  ])('Retry-After: %s asks for %s seconds, by the clock of the server', async (value, seconds) => {
    const origin = await startOrigin((_request, response) => {
      response.writeHead(429, { 'retry-after': value, date: 'Mon, 23 Nov 2026 07:00:00 GMT' }).end();
    });
    const clock = () => new Date('2026-11-23T07:00:00Z');
    expect((await failure(fetchFeed(origin.url, {}, { ...options, clock }))).retryAfterSeconds).toBe(seconds);
  });

  test('a port that nobody listens on is an error that names the host', async () => {
    const error = await failure(fetchFeed('http://127.0.0.1:1/', {}, options));
    expect([error.code, error.message]).toEqual(['network', expect.stringContaining('127.0.0.1:1')]);
  });

  test('response headers without end are refused', async () => {
    const origin = await startOrigin((_request, response) =>
      response.writeHead(200, { long: 'x'.repeat(40_000) }).end(),
    );
    expect((await failure(fetchFeed(origin.url, {}, options))).code).toBe('network');
  });
});
