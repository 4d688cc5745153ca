import type { IncomingHttpHeaders } from 'node:http';
import { FeedError } from './feed-error.ts';
import { retryAfterSeconds } from './http-dates.ts';

/** @param what it did not do in time */
export function timeoutError(what: 'connect' | 'answer' | 'answer fully', timeoutMs: number): FeedError {
  return new FeedError('timeout', `It did not ${what} within ${timeoutMs / 1000} seconds.`, 'It will be tried again.');
}

/** What an answer other than 200 and 304 means, with the wait that the server asks for. */
export function statusError(status: number, headers: IncomingHttpHeaders, now: Date): FeedError {
  const retry = retryAfterSeconds(headers['retry-after'], headers.date, now);
  if (status === 410) {
    return new FeedError(
      'gone',
      'The publisher ended it (410 Gone).',
      'Remove it from the feed list or find its successor.',
    );
  }
  if (status === 429 || status === 503) {
    const message = `The server asks to wait (${status}).`;
    return new FeedError('busy', message, 'It will be tried again later.', {}, retry);
  }
  const advice =
    status === 404 ? 'Find its new address with `dispatches feeds add <site>`.' : 'Look at it in a browser.';
  return new FeedError('status', `The server answered ${status}.`, advice, {}, retry);
}

/** Everything below HTTP: names that do not resolve, refused connections, certificates. */
export function asFeedError(error: unknown, address: string): FeedError {
  if (error instanceof FeedError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const host = URL.parse(address)?.host ?? address;
  return new FeedError(
    'network',
    `${host} could not be reached (${code}).`,
    'Check the address; it will be tried again.',
    { cause: error },
  );
}
