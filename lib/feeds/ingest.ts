import { sha256 } from '../sha256.ts';
import { HOUR, MINUTE } from '../time.ts';
import type { Clock } from '../types.ts';
import { DEFAULT_FEED_PACE, type FeedPace } from './feed-pace.ts';
import { familyOf, itemKey, repeatedIds, withoutTracking } from './identity.ts';
import { type FeedSource, type Item, MAX_SUMMARY, type ParsedFeed, type ParsedItem } from './model.ts';
import { plainText, shorten } from './plain-text.ts';
import type { FeedStore } from './ports.ts';
import { webUrl } from './urls.ts';

const MAX_TITLE = 300;
/** A clock may be a little ahead; a date further ahead is a mistake or a trick to stay on top. */
const AHEAD = 10 * MINUTE;

export interface IngestResult {
  readonly newItems: number;
  readonly changedItems: number;
}

/**
 * Stores the items of one document. At the feed's first success its backlog (items older than `backlogHours`, and
 * undated ones beside them) is stored as such and never mailed, unless `keepBacklog`.
 */
export async function ingest(
  deps: { readonly store: FeedStore; readonly clock: Clock; readonly pace?: FeedPace },
  source: FeedSource,
  feed: ParsedFeed,
  options: { readonly keepBacklog?: boolean } = {},
): Promise<IngestResult> {
  const now = deps.clock();
  const state = await deps.store.getState(source.url);
  const items = toItems(source, feed, now, state?.root);
  const isNew = state?.lastSuccess === undefined && !options.keepBacklog;
  const isBacklog = isNew ? backlogTest(items, now, deps.pace ?? DEFAULT_FEED_PACE) : () => false;
  const counts = { new: 0, changed: 0, same: 0 };
  for (const item of items) counts[await deps.store.putItem({ ...item, backlog: isBacklog(item) })] += 1;
  return { newItems: counts.new, changedItems: counts.changed };
}

function backlogTest(items: readonly Item[], now: Date, { backlogHours }: FeedPace): (item: Item) => boolean {
  const edge = new Date(now.getTime() - backlogHours * HOUR).toISOString();
  const hasOld = items.some((item) => item.published !== null && item.published < edge);
  return (item) => (item.published === null ? hasOld : item.published < edge);
}

/**
 * The items as later stages see them; those with neither title, text nor link are left out.
 * @param root the address under which the feed's items are known
 */
export function toItems(source: FeedSource, feed: ParsedFeed, now: Date, root = source.url): readonly Item[] {
  const repeated = repeatedIds(feed.items);
  const common = {
    feedUrl: source.url,
    publisher: shorten(source.title ?? feed.title ?? hostOf(home(source, feed)), MAX_TITLE),
    family: source.family ?? familyOf(home(source, feed)),
    ...(source.control ? { control: source.control } : {}),
    ...(source.lang ? { lang: source.lang } : {}),
    firstSeen: now.toISOString(),
    backlog: false,
  };
  return feed.items.flatMap((parsed) => {
    const key = itemKey(root, parsed, repeated);
    const texts = textsOf(parsed);
    return key && texts.title ? [{ ...common, ...texts, key, ...factsOf(parsed, now) }] : [];
  });
}

/** An address that names the publisher; a feed in a file has none, but its items do. */
function home(source: FeedSource, feed: ParsedFeed): string {
  return webUrl(source.url) ?? feed.items.find(({ link }) => link !== null)?.link ?? source.url;
}

function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, '');
}

function textsOf(parsed: ParsedItem): Pick<Item, 'title' | 'link' | 'summary' | 'hash'> {
  const link = parsed.link ? withoutTracking(parsed.link) : null;
  const summary = shorten(plainText(parsed.summary ?? parsed.content ?? ''), MAX_SUMMARY);
  const title = shorten(parsed.title || summary || link || '', MAX_TITLE);
  return { title, link, summary, hash: sha256([title, link, summary].join('\n')) };
}

function factsOf(parsed: ParsedItem, now: Date): Pick<Item, 'author' | 'image' | 'published'> {
  const time = parsed.published ? Date.parse(parsed.published) : Number.NaN;
  const usable = time <= now.getTime() + AHEAD;
  const author = parsed.author && shorten(parsed.author, MAX_TITLE);
  return { author, image: parsed.image, published: usable ? new Date(time).toISOString() : null };
}
