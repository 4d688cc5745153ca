import { lookup as dnsLookup } from 'node:dns';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { classOf, literalAddress, mayConnect } from './addresses.ts';
import { FeedError } from './feed-error.ts';
import { timeoutError } from './fetch-errors.ts';

const PORTS = new Set(['', '80', '443', '8080', '8443']);
const MAX_HEADER_BYTES = 32_768;

export interface ConnectionOptions {
  readonly allowLoopback: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly connectMs: number;
  readonly headersMs: number;
}

/**
 * One GET, no redirect followed. The address that is connected to is itself checked: literal ones here, since Node asks
 * no `lookup` for them, the others at the end of name resolution, all answers of it, so that a name cannot change its
 * mind between check and connection. No proxy, no cookies, no connection kept.
 * @throws FeedError `blocked` or `address` before a byte is sent, `timeout`; other errors as Node gives them
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
    limitWaits(sent, options);
    sent.on('error', reject);
    sent.end();
  });
}

function limitWaits(sent: ClientRequest, { connectMs, headersMs }: ConnectionOptions): void {
  const connecting = setTimeout(() => sent.destroy(timeoutError('connect', connectMs)), connectMs);
  const waiting = setTimeout(() => sent.destroy(timeoutError('answer', headersMs)), headersMs);
  const connected = sent.protocol === 'https:' ? 'secureConnect' : 'connect';
  sent.once('socket', (socket) => socket.once(connected, () => clearTimeout(connecting)));
  sent.once('response', () => clearTimeout(waiting));
  sent.once('close', () => {
    clearTimeout(connecting);
    clearTimeout(waiting);
  });
}

function checkUrl(url: URL, allowLoopback: boolean): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FeedError('address', `${url.protocol} is no address of a feed.`, 'Give one with http or https.');
  }
  const literal = literalAddress(url);
  if (literal && !mayConnect(literal, allowLoopback)) throw blocked('It names', literal);
  if (!PORTS.has(url.port) && !allowLoopback) {
    const advice = 'Feeds are read from the ports of the web only (80, 443, 8080, 8443).';
    throw new FeedError('blocked', `It is on port ${url.port}.`, advice);
  }
}

/** Says what kind of address it is and not which: what is inside stays unknown to whoever reads the message. */
function blocked(how: string, address: string): FeedError {
  const kind = classOf(address)
    .replace(/[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
  return new FeedError(
    'blocked',
    `${how} an address that is not on the public internet (${kind}).`,
    'Feeds are read from public addresses only. For a feed on this machine set collect.allowLoopback.',
  );
}

/** A `lookup` for sockets that answers only if all addresses are public; the socket connects to these very ones. */
export function guardedLookup(allowLoopback: boolean, resolve: typeof dnsLookup = dnsLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      const inside = addresses?.find(({ address }) => !mayConnect(address, allowLoopback));
      if (error || !first) callback(error ?? new Error(`no address for ${hostname}`), '', 0);
      else if (inside) callback(blocked(`${hostname} leads to`, inside.address), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
