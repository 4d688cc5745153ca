import type { LookupAddress, lookup } from 'node:dns';
import { request } from 'node:http';
import type { LookupFunction } from 'node:net';
import { describe, expect, test } from 'vitest';
import { classOf, mayConnect } from '../../lib/feeds/addresses.ts';
import { guardedLookup } from '../../lib/feeds/connection.ts';
import type { FeedError } from '../../lib/feeds/feed-error.ts';
import { fetchFeed } from '../../lib/feeds/fetch.ts';
import { options, startOrigin } from './origin.ts';

const INSIDE = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
  ...[
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
  ],
  ...[
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
  ],
  ...['64:ff9b::a00:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '100::1', '2001::1', '2001:db8::1', '2002:7f00:1::'],
  ...['64:ff9b::ac1c:5', '198.19.255.255', '100.127.255.255', '239.1.1.1', '::10.0.0.1', '2001:2::1', '2001:0:1::'],
  ...['2002:a00:1::1', '2002:c000:201::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
];
const OUTSIDE = [
  '1.1.1.1',
  '93.184.216.34',
  '100.63.255.255',
  '172.32.0.1',
  '192.0.1.1',
  '2606:4700::1111',
  '2a00:1450::1',
];

describe('addresses', () => {
  test.each(INSIDE)('%s is inside', (address) => expect(mayConnect(address, false)).toBe(false));
  test.each(OUTSIDE)('%s is public', (address) => expect(classOf(address)).toBe('public'));

  test('of this machine are reached when that is configured, others inside are not', () => {
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((address) => mayConnect(address, true))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['10.0.0.1', '169.254.169.254', '0.0.0.0'].map((address) => mayConnect(address, true))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('that are none are refused', () => expect(mayConnect('localhost', true)).toBe(false));
});

describe('a feed on the inside is never contacted', () => {
  const guarded = { ...options, allowLoopback: false };
  const refused = (url: string) =>
    fetchFeed(url, {}, guarded).then(
      () => 'read',
      (error: FeedError) => error.code,
    );

  test.each([
    ...['127.0.0.1', '127.1', '0x7f.1', '2130706433', '017700000001', '[::1]', '[::ffff:127.0.0.1]', '[::127.0.0.1]'],
    ...['localhost', '①②⑦.0.0.1', '0'],
  ])('as http://%s', async (host) => {
    const sentinel = await startOrigin((_request, response) => response.end('secret'));
    const port = new URL(sentinel.url).port;
    expect(await refused(`http://${host}:${port}/`)).toBe('blocked');
    expect(await refused(`http://${host}/`)).toBe('blocked');
    expect(sentinel.requests).toHaveLength(0);
  });

  test('nor on an unusual port of a public host', async () => {
    expect(await refused('http://93.184.216.34:6379/')).toBe('blocked');
  });

  test.each([
    ['http://169.254.169.254/latest/meta-data/', 'link local'],
    ['http://[fd00:ec2::254]/', 'unique local'],
    ['http://[64:ff9b::a9fe:a9fe]/', 'rfc6052'],
    ['http://2852039166/', 'link local'],
    ['http://10.1.2.3:9001/2018-06-01/runtime/invocation/next', 'private'],
  ])('also when a redirect points to %s; the error names the kind, not the address', async (location, kind) => {
    const origin = await startOrigin((_request, response) => response.writeHead(302, { location }).end());
    const error = await fetchFeed(origin.url, {}, options).catch((caught: FeedError) => caught);
    expect(error).toMatchObject({ code: 'blocked', message: expect.stringContaining(`(${kind})`) });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/169\.254|fd00|10\.1\.2/);
  });
});

describe('a name', () => {
  /** A resolver that gives these answers one after the other. */
  const resolver = (...answers: readonly (readonly string[])[]) => {
    const turns = answers.values();
    const resolve = (_name: string, _options: unknown, callback: LookupCallback) => {
      const addresses = turns.next().value ?? [];
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
    return resolve as unknown as typeof lookup;
  };
  type LookupCallback = (error: null, addresses: readonly LookupAddress[]) => void;

  /** What a socket is given for the name, or the code of the refusal. */
  const asked = (guarded: LookupFunction, options = { all: true }) =>
    new Promise((done) => {
      guarded('news.example', options, (error, addresses) => done(error ? (error as FeedError).code : addresses));
    });

  test('that is public first and inside at the next connection is refused then: each connection asks and checks anew', async () => {
    const guarded = guardedLookup(false, resolver(['93.184.216.34'], ['127.0.0.1']));
    expect(await asked(guarded)).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(await asked(guarded)).toBe('blocked');
  });

  test.each([
    [['93.184.216.34', '10.0.0.1']],
    [['2606:4700::1111', '::ffff:127.0.0.1']],
    [['169.254.169.254', '93.184.216.34']],
  ])('with answers of which one is inside (%j) is refused as a whole', async (answers) => {
    expect(await asked(guardedLookup(false, resolver(answers)))).toBe('blocked');
    expect(await asked(guardedLookup(false, resolver(answers)), { all: false })).toBe('blocked');
  });

  test('that is rebound sends no byte to the server inside', async () => {
    const sentinel = await startOrigin((_request, response) => response.end('secret'));
    const { port } = new URL(sentinel.url);
    const lookup = guardedLookup(false, resolver(['127.0.0.1']));
    const error = await new Promise((done) => request({ host: 'news.example', port, lookup }).on('error', done).end());
    expect(error).toMatchObject({ code: 'blocked', message: expect.stringContaining('news.example') });
    expect(sentinel.requests).toHaveLength(0);
  });
});
