import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Clock } from '../types.ts';
import { ACCEPT_ENCODING, readBody } from './body.ts';
import { get } from './connection.ts';
import { FeedError } from './feed-error.ts';
import { asFeedError, statusError, timeoutError } from './fetch-errors.ts';
import { readUrl, redirectTarget } from './request-url.ts';

/** How feeds are fetched; every bound has a default. */
export interface FetchOptions {
  /** Names us and how to reach the operator. */
  readonly userAgent: string;
  /** True only for feeds on this machine. */
  readonly allowLoopback: boolean;
  /** From the first DNS query to the last byte, redirects included. Default 15 000. */
  readonly timeoutMs?: number;
  /** Of each hop: until a connection stands, name resolution and TLS included. Default 5000. */
  readonly connectMs?: number;
  /** Of each hop: until the headers of the answer are there. Default 10 000. */
  readonly headersMs?: number;
  /** Bytes of a body, before and after decompression. Default 10 MiB. */
  readonly maxBytes?: number;
  /** Default 5. */
  readonly maxRedirects?: number;
  /** Of one document; the rest is left out. Default 2000. */
  readonly maxItems?: number;
  /** Between two requests to one host. Default 1000; to this machine none. */
  readonly hostGapMs?: number;
  /** Hosts that are read at a time. Default 16. */
  readonly concurrency?: number;
  /** Ours, beside the dates that a server names. Default: the machine's. */
  readonly clock?: Clock;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_CONNECT_MS = 5000;
const DEFAULT_HEADERS_MS = 10_000;
export const DEFAULT_MAX_BYTES = 10 * 1_048_576;
const DEFAULT_MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What the server said of the document that is known already, byte for byte. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface Fetched {
  /** Undefined when nothing changed since the validators (304). */
  readonly bytes?: Uint8Array;
  readonly headers: IncomingHttpHeaders;
  /** Where the answer came from in the end. */
  readonly url: string;
  /** The last address that was reached by permanent redirects (301, 308) only. */
  readonly movedTo?: string;
}

/**
 * Fetches one feed, conditionally when there are validators of an earlier answer.
 * @throws FeedError for every way it can fail, with `retryAfterSeconds` where the server named a time
 */
export async function fetchFeed(address: string, validators: Validators, options: FetchOptions): Promise<Fetched> {
  const deadline = new AbortController();
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const timer = setTimeout(() => deadline.abort(timeoutError('answer fully', timeoutMs)), timeoutMs);
  try {
    return await follow(address, validators, options, deadline.signal);
  } catch (error) {
    throw asFeedError(deadline.signal.aborted ? deadline.signal.reason : error, address);
  } finally {
    clearTimeout(timer);
  }
}

async function follow(
  address: string,
  validators: Validators,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Fetched> {
  const { allowLoopback, connectMs = DEFAULT_CONNECT_MS, headersMs = DEFAULT_HEADERS_MS } = options;
  const headers = requestHeaders(validators, options.userAgent);
  const settings = { allowLoopback, headers, signal, connectMs, headersMs };
  let url = readUrl(address);
  let permanent = true;
  for (let hop = 0; hop <= (options.maxRedirects ?? DEFAULT_MAX_REDIRECTS); hop++) {
    const response = await get(url, settings);
    const isRedirect = REDIRECTS.has(response.statusCode ?? 0);
    const target = isRedirect ? redirectTarget(response.headers.location, url) : undefined;
    if (!target) {
      const movedTo = permanent && hop > 0 ? { movedTo: url.href } : {};
      return { ...(await answer(response, url, options, signal)), ...movedTo };
    }
    permanent &&= response.statusCode === 301 || response.statusCode === 308;
    response.destroy();
    url = target;
  }
  throw new FeedError(
    'redirects',
    'It redirects too often.',
    'Look at the address in a browser and give the final one.',
  );
}

function requestHeaders(validators: Validators, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
    'accept-encoding': ACCEPT_ENCODING,
    ...(validators.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
  };
}

async function answer(
  response: IncomingMessage,
  url: URL,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Fetched> {
  const { headers, statusCode = 0 } = response;
  if (statusCode === 200) {
    const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    return { bytes: await readBody(response, headers['content-encoding'], maxBytes, signal), headers, url: url.href };
  }
  response.destroy();
  if (statusCode === 304) return { headers, url: url.href };
  throw statusError(statusCode, headers, options.clock?.() ?? new Date());
}
