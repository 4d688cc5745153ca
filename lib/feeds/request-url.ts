import { FeedError } from './feed-error.ts';

/**
 * The URL to ask for; userinfo and fragment are never sent.
 * @param base what a relative address resolves against
 * @throws FeedError `address`
 */
export function readUrl(address: string, base?: string): URL {
  const url = URL.parse(address, base);
  if (!url) throw new FeedError('address', `${address.slice(0, 200)} is no address.`, 'Correct it in the feed list.');
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

/**
 * Where a redirect leads; undefined when it does not say. Never from https to http: whoever sits between could then
 * write the news.
 * @throws FeedError `address` or `redirects`
 */
export function redirectTarget(location: string | undefined, url: URL): URL | undefined {
  const target = location ? readUrl(location, url.href) : undefined;
  if (url.protocol === 'https:' && target?.protocol === 'http:') {
    const advice = 'Look for an address of the feed that stays with https.';
    throw new FeedError('redirects', 'It redirects from https to http, where anyone could change it.', advice);
  }
  return target;
}
