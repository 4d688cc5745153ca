import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedError } from '../../lib/feeds/feed-error.ts';
import { toItems } from '../../lib/feeds/ingest.ts';
import type { ParsedFeed } from '../../lib/feeds/model.ts';
import { parseFeed } from '../../lib/feeds/parse.ts';

const tags = fc.constantFrom(
  ...[
    '<rss>',
    '<channel>',
    '<item>',
    '</item>',
    '<title>',
    '</title>',
    '<link>',
    '</link>',
    '<description>',
    '<feed>',
    '<entry>',
  ],
  ...[
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?xml ',
    '?>',
    '<!DOCTYPE [',
    ']>',
    '<atom:link href="',
    '"/>',
    '<guid>',
    '<media:group>',
  ],
  ...[
    '&',
    '&amp;',
    '&#',
    '&#x0;',
    '&#xd800;',
    '<',
    '>',
    '"',
    "'",
    '=',
    'javascript:x',
    'http://',
    ' xml:base="',
    ' xmlns="',
    '\u202e',
  ],
  ...[
    '{"version":"https://jsonfeed.org/version/1.1","items":[',
    '{"id":',
    '"\\ud800"',
    ']}',
    'null',
    '__proto__',
    '<__proto__>',
  ],
);
const document = fc
  .tuple(
    fc.constantFrom('', '<rss><channel><item>', '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'),
    fc.array(fc.oneof(tags, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 60 }),
  )
  .map(([start, parts]) => new TextEncoder().encode(start + parts.join('')));

async function read(bytes: Uint8Array): Promise<ParsedFeed | undefined> {
  try {
    return await parseFeed(bytes, { base: 'https://news.example/feed' });
  } catch (error) {
    expect(error).toBeInstanceOf(FeedError);
    return undefined;
  }
}

/** What must hold for every feed, whoever wrote it. */
function expectClean(feed: ParsedFeed): void {
  const addresses = feed.items.flatMap((item) => [item.link, item.image, ...item.enclosures.map(({ url }) => url)]);
  for (const address of addresses) if (address !== null) expect(address).toMatch(/^https?:\/\//);
  for (const line of [feed.title, ...feed.items.flatMap((item) => [item.title, item.author])]) {
    if (line !== null) expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u);
  }
  for (const { published } of feed.items)
    if (published !== null) expect(new Date(published).toISOString()).toBe(published);
  JSON.stringify(feed, (_, value: unknown) => {
    if (typeof value === 'string') expect(value.isWellFormed() && !value.includes('\0'), value).toBe(true);
    return value;
  });
}

describe('whatever the bytes are', () => {
  test('the outcome is a clean feed or a FeedError', async () => {
    const property = async (bytes: Uint8Array) => {
      const feed = await read(bytes);
      if (feed) expectClean(feed);
    };
    await fc.assert(fc.asyncProperty(fc.oneof(document, fc.uint8Array({ maxLength: 400 })), property), {
      numRuns: 3000,
    });
  });

  test('items have a title, a key and a hash', async () => {
    const property = async (bytes: Uint8Array) => {
      const feed = await read(bytes);
      const items = feed ? toItems({ url: 'https://news.example/feed' }, feed, new Date()) : [];
      for (const { key, hash, title } of items)
        expect(`${key} ${hash} ${title}`).toMatch(/^[\da-f]{32} [\da-f]{64} \S/);
      expect(items.length).toBeLessThanOrEqual(feed?.items.length ?? 0);
    };
    await fc.assert(fc.asyncProperty(document, property), { numRuns: 1000 });
  });

  test.each([
    '<',
    '&',
    '<!--',
    '<![CDATA[',
    '<?',
    '&#x',
    '<a',
    '</a',
    '<a b="',
    "<a b='>",
    '<!DOCTYPE [',
    ']',
    '<item>',
    '</item>',
    '<!-- >',
  ])('a flood of %s ends', async (piece) => {
    const flood = piece.repeat(200_000);
    const bytes = new TextEncoder().encode(`<rss><channel><item><title>One</title></item><item><description>${flood}`);
    expect((await parseFeed(bytes)).items[0]?.title).toBe('One');
  });
});
