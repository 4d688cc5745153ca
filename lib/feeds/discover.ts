import type { Attributes } from './attributes.ts';
import { decode } from './decode.ts';
import { decodeEntities } from './entities.ts';
import { FeedError } from './feed-error.ts';
import { type FetchOptions, fetchFeed } from './fetch.ts';
import type { ParsedFeed } from './model.ts';
import { parseFetched } from './parse.ts';
import { tokenise } from './tokens.ts';
import { webUrl } from './urls.ts';

export interface FoundFeed {
  readonly url: string;
  readonly feed: ParsedFeed;
}

const FEED_TYPE = /^(?:application|text)\/(?:rss|atom|rdf|feed)\+(?:xml|json)|^application\/json$/i;
/** Links on a page that look like a feed's address. */
const FEED_LIKE = /(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:[/._-]|\.xml|$|\?)/i;
/** Where feeds lie on sites that do not say so. */
const USUAL_PLACES = ['/feed', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml', '/feed.json'];
const MAX_CANDIDATES = 8;

/**
 * The feeds of a site, or the feed itself when the address is one: what the page declares, else what it links to, else
 * the usual places. Every one was fetched and read.
 * @throws FeedError when the address cannot be read or no feed is found
 */
export async function discoverFeeds(address: string, fetcher: FetchOptions): Promise<readonly FoundFeed[]> {
  const url = webUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`);
  if (!url) throw new FeedError('address', `"${address}" is no web address.`, 'Write one like https://example.org/.');
  const page = await fetchFeed(url, {}, fetcher);
  const bytes = page.bytes ?? new Uint8Array();
  const contentType = page.headers['content-type'] ?? null;
  const itself = await parseFetched(page).catch(() => undefined);
  if (itself) return [{ url: page.url, feed: itself }];
  const { declared, linked } = linksOf(decode(bytes, contentType).text, page.url);
  const usual = USUAL_PLACES.map((path) => new URL(path, page.url).href);
  for (const candidates of [declared, linked, usual]) {
    const found = await readable(candidates, fetcher);
    if (found.length > 0) return found;
  }
  throw new FeedError('not-a-feed', `No feed was found at ${url}.`, 'Look for its address on the site and give that.');
}

async function readable(candidates: readonly string[], fetcher: FetchOptions): Promise<readonly FoundFeed[]> {
  const found = new Map<string, FoundFeed>();
  for (const url of [...new Set(candidates)].slice(0, MAX_CANDIDATES)) {
    const feed = await readOne(url, fetcher);
    if (feed) found.set(feed.url, feed);
  }
  return [...found.values()];
}

async function readOne(candidate: string, fetcher: FetchOptions): Promise<FoundFeed | undefined> {
  try {
    const fetched = await fetchFeed(candidate, {}, fetcher);
    return { url: fetched.url, feed: await parseFetched(fetched) };
  } catch (error) {
    if (error instanceof FeedError) return undefined;
    throw error;
  }
}

function linksOf(html: string, pageUrl: string): { readonly declared: string[]; readonly linked: string[] } {
  const declared: string[] = [];
  const linked: string[] = [];
  const ignore = () => {};
  const open = (name: string, attributes: Attributes) => {
    const href = webUrl(decodeEntities(attributes.get('href') ?? ''), pageUrl);
    if (!href) return;
    const isAlternate =
      /\balternate\b/i.test(attributes.get('rel') ?? '') && FEED_TYPE.test(attributes.get('type') ?? '');
    if (/^link$/i.test(name) && isAlternate) declared.push(href);
    if (/^a$/i.test(name) && FEED_LIKE.test(new URL(href).pathname)) linked.push(href);
  };
  tokenise(html, { open, close: ignore, text: ignore, cdata: ignore });
  return { declared, linked };
}
