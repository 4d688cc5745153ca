import Parser from 'rss-parser';
import { parseDate } from './dates.ts';
import { FeedError } from './feed-error.ts';
import type { ParsedFeed } from './model.ts';
import { plainText } from './plain-text.ts';
import { webUrl } from './urls.ts';

/** First version. */
export async function parseFeed(
  bytes: Uint8Array,
  hints: { contentType?: string | null; base?: string | null } = {},
): Promise<ParsedFeed> {
  const text = new TextDecoder().decode(bytes);
  const parser = new Parser({ customFields: { item: ['updated', 'published', ['dc:date', 'dcDate']] } });
  const feed = await parser.parseString(text).catch((cause: unknown) => {
    throw new FeedError('not-a-feed', 'The document is no feed that can be read.', 'Check the address.', { cause });
  });
  return {
    title: feed.title ? plainText(feed.title) : null,
    format: 'rss',
    items: feed.items.map((item) => {
      const content = (item as unknown as Record<string, unknown>)['content:encoded'];
      return {
        title: item.title ? plainText(item.title) : null,
        link: webUrl(item.link, hints.base),
        id: item.guid ?? null,
        published: parseDate(item.isoDate ?? item.pubDate ?? ''),
        author: item.creator ?? null,
        summary: item.content ?? item.summary ?? null,
        content: typeof content === 'string' ? content : (item.content ?? null),
        image: null,
        enclosures: item.enclosure ? [{ url: item.enclosure.url }] : [],
        html: plainText(item.content ?? ''),
      };
    }),
  };
}
