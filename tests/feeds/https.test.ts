import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { FeedError } from '../../lib/feeds/feed-error.ts';
import { fetchFeed } from '../../lib/feeds/fetch.ts';
import { type Handler, options, rss, startOrigin } from './origin.ts';

/** Made for these tests and trusted by nobody else: a key for `localhost`, valid for a hundred years. */
const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/tls/localhost.${name}.pem`, import.meta.url), 'utf8');

async function startSecureOrigin(handler: Handler): Promise<string> {
  const server = createServer({ key: fixture('key'), cert: fixture('cert') }, handler);
  return `https://localhost:${await portOf(server)}`;
}

async function portOf(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** For this test the machine trusts the fixture's key. */
function trustFixture(): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, fixture('cert')]);
  onTestFinished(() => setDefaultCACertificates(before));
}

const failure = async (promise: Promise<unknown>): Promise<FeedError> => {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  return error instanceof FeedError ? error : expect.unreachable(`no FeedError but ${String(error)}`);
};

test('a feed is read over https', async () => {
  trustFixture();
  const url = await startSecureOrigin((_request, response) => response.end(rss(['one'])));
  expect(Buffer.from((await fetchFeed(url, {}, options)).bytes ?? []).toString()).toContain('<title>one</title>');
});

test('a certificate that nobody vouches for is an error that names the host', async () => {
  const url = await startSecureOrigin((_request, response) => response.end(rss(['one'])));
  const error = await failure(fetchFeed(url, {}, options));
  expect([error.code, error.message]).toEqual(['network', expect.stringContaining(new URL(url).host)]);
});

test('a redirect from https to http is refused before the second server hears of it', async () => {
  trustFixture();
  const plain = await startOrigin((_request, response) => response.end(rss(['one'])));
  const url = await startSecureOrigin((_request, response) => response.writeHead(302, { location: plain.url }).end());
  const error = await failure(fetchFeed(url, {}, options));
  expect([error.code, error.message]).toEqual(['redirects', expect.stringContaining('from https to http')]);
  expect(plain.requests).toEqual([]);
});

test('a redirect from http to https is followed', async () => {
  trustFixture();
  const secure = await startSecureOrigin((_request, response) => response.end(rss(['one'])));
  const plain = await startOrigin((_request, response) => response.writeHead(301, { location: secure }).end());
  expect(await fetchFeed(plain.url, {}, options)).toMatchObject({ movedTo: `${secure}/` });
});

test('the time to connect is limited: a server that never finishes its greeting costs its own slot only', async () => {
  const silent = createTcpServer((socket) => socket.on('error', () => {}));
  const url = `https://localhost:${await portOf(silent)}`;
  const error = await failure(fetchFeed(url, {}, { ...options, connectMs: 100 }));
  expect([error.code, error.message]).toEqual(['timeout', expect.stringContaining('connect within 0.1 seconds')]);
});
