import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { FetchOptions } from '../../lib/feeds/fetch.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Origin {
  /** Without trailing slash. */
  readonly url: string;
  /** Every request that arrived, in order. */
  readonly requests: readonly IncomingMessage[];
}

/** A real HTTP server on this machine, gone when the test is over. */
export async function startOrigin(handler: Handler): Promise<Origin> {
  const { close, ...origin } = await openOrigin(handler);
  onTestFinished(close);
  return origin;
}

/** The same for several tests; `close` ends it. */
export async function openOrigin(handler: Handler): Promise<Origin & { readonly close: () => void }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close };
}

export const options: FetchOptions = {
  userAgent: 'Dispatches test (+https://dispatches.example)',
  allowLoopback: true,
};

/** A small RSS document with items named after `names`. */
export function rss(names: readonly string[], channel = ''): string {
  const items = names.map(
    (name) =>
      `<item><title>${name}</title><link>https://news.example/${name}</link><guid>${name}</guid>` +
      `<pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate><description>About ${name}.</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Harbour News</title>${channel}${items.join('')}</channel></rss>`;
}
