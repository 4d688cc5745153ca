import { lookup as dnsLookup } from 'node:dns';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { literalAddress, mayConnect } from './addresses.ts';
import { FeedError } from './feed-error.ts';

const PORTS = new Set(['', '80', '443', '8080', '8443']);
const MAX_HEADER_BYTES = 32_768;

export interface ConnectionOptions {
  readonly allowLoopback: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * One GET, no redirect followed. The address that is connected to is itself checked: literal ones here, since Node asks
 * no `lookup` for them, the others at the end of name resolution, all answers of it, so that a name cannot change its
 * mind between check and connection. No proxy, no cookies, no connection kept.
 * @throws FeedError `blocked` or `address` before a byte is sent; other errors as Node gives them
 */
export function get(url: URL, options: ConnectionOptions): Promise<IncomingMessage> {
  checkUrl(url, options.allowLoopback);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const settings: RequestOptions = {
    agent: false,
    headers: { ...options.headers, connection: 'close' },
    lookup: guardedLookup(options.allowLoopback),
    maxHeaderSize: MAX_HEADER_BYTES,
    signal: options.signal,
  };
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(url, settings, resolve);
    sent.on('error', reject);
    sent.end();
  });
}

function checkUrl(url: URL, allowLoopback: boolean): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FeedError('address', `${url.protocol} is no address of a feed.`, 'Give one with http or https.');
  }
  const literal = literalAddress(url);
  if (literal && !mayConnect(literal, allowLoopback)) throw blocked(url.host);
  if (!PORTS.has(url.port) && !allowLoopback) throw blocked(url.host);
}

function blocked(host: string): FeedError {
  return new FeedError(
    'blocked',
    `${host} is not on the public internet, or not on a port of the web.`,
    'Feeds are read from public addresses only. For a feed on this machine set collect.allowLoopback.',
  );
}

function guardedLookup(allowLoopback: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) callback(error ?? new Error(`no address for ${hostname}`), '', 0);
      else if (!addresses.every(({ address }) => mayConnect(address, allowLoopback)))
        callback(blocked(hostname), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
