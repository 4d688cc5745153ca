import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../lib/feeds/parse.ts';
import { type SyndicationInput, toAtom, toJsonFeed, toRss } from '../../lib/rendering/syndication.ts';
import { decision, edition, item, SITE, sampleEdition, story } from '../editions/build.ts';

const writers = { rss: toRss, atom: toAtom, json: toJsonFeed };
const input = (over: Partial<SyndicationInput> = {}): SyndicationInput => ({
  editions: [sampleEdition(5)],
  site: SITE,
  locale: 'en',
  self: 'https://digest.example.org/feeds/en',
  ...over,
});

describe.each(Object.entries(writers))('%s of the archive', (format, write) => {
  const read = (over?: Partial<SyndicationInput>) => parseFeed(new TextEncoder().encode(write(input(over))));

  test('is read back by our own reader', async () => {
    const feed = await read();
    expect(feed.format).toBe(format);
    expect(feed.title).toBe('Dispatches');
    expect(feed.items).toHaveLength(5);
    expect(feed.items[0]?.title).toBe('Drones strike power station near Veshnivka, cutting heat to thousands');
    expect(feed.items[0]?.published).toBe('2026-11-23T05:40:00.000Z');
  });

  test('keeps to one country when asked', async () => {
    expect((await read({ country: 'SD' })).items).toHaveLength(2);
    expect((await read({ country: 'AQ' })).items).toHaveLength(0);
  });

  test('carries hostile feed text as text', async () => {
    const title = '</title><script>alert(1)</script> ]]> & "x"';
    const made = edition([story([{ item: item({ title, link: 'javascript:alert(1)' }), decision: decision() }])]);
    const [entry] = (await read({ editions: [made] })).items;
    expect(entry?.link).toBe(`${SITE.url}/editions/${made.id}`);
    expect(write(input({ editions: [made] }))).not.toMatch(format === 'json' ? /javascript/ : /<script|javascript/);
  });
});
