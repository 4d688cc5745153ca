import { parseFeed as feedsmith } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../lib/feeds/parse.ts';
import { type SyndicationInput, toAtom, toJsonFeed, toRss } from '../../lib/rendering/syndication.ts';
import { listedTopics, slugOf, type Topic, topicOf } from '../../lib/rendering/syndication-topic.ts';
import { decision, edition, item, SITE, sampleEdition, story } from '../editions/build.ts';

const writers = { rss: toRss, atom: toAtom, json: toJsonFeed };
const input = (over: Partial<SyndicationInput> = {}): SyndicationInput => ({
  editions: [sampleEdition(5)],
  site: SITE,
  locale: 'en',
  self: 'https://digest.example.org/feeds/en',
  ...over,
});

const about = (id: string) => ({ topic: topicOf(id, 'en') as Topic });

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

  test('is read by a parser of others without complaint', () => {
    const { format: found, feed } = feedsmith(write(input({ editions: [sampleEdition(60, 'uk')], locale: 'uk' })));
    expect(found).toBe(format);
    expect(('items' in feed ? feed.items : 'entries' in feed ? feed.entries : [])?.length).toBe(60);
  });

  test('keeps to one country when asked, and says so', async () => {
    const sudan = await read(about('sd'));
    expect(sudan.title).toBe('Dispatches: Sudan');
    expect(sudan.items).toHaveLength(2);
    expect((await read(about('mm'))).items).toHaveLength(0);
  });

  test('tells a story once, as the newest edition has it', async () => {
    const older = sampleEdition(6, 'en', { composedAt: '2026-11-22T06:00:00.000Z' });
    const both = await read({ editions: [sampleEdition(5), older] });
    expect(both.items).toHaveLength(6);
    const alone = await read({ editions: [older] });
    expect(both.items[5]?.id).toBe(alone.items[5]?.id);
  });

  test('is no archive: a hundred entries at most', async () => {
    const stories = Array.from({ length: 130 }, (_, n) =>
      story([{ item: item({ title: `Shelling ${n}` }), decision: decision() }]),
    );
    expect((await read({ editions: [edition(stories, { maxStories: 130 })] })).items).toHaveLength(100);
  });

  test('carries hostile feed text as text', async () => {
    const title = '</title><script>alert(1)</script> ]]> & "x"';
    const made = edition([story([{ item: item({ title, link: 'javascript:alert(1)' }), decision: decision() }])]);
    const [entry] = (await read({ editions: [made] })).items;
    expect(entry?.link).toBe(`${SITE.url}/editions/${made.id}#story-${made.lead?.id}`);
    expect(write(input({ editions: [made] }))).not.toMatch(format === 'json' ? /javascript/ : /<script|javascript/);
  });
});

describe('what a feed can be about', () => {
  const told = (over: object) => ({ ...story([]), change: 'new' as const, ...over });
  const kharkiv = { name: 'Kharkiv', country: 'UA', lat: 50, lon: 36.2, precision: 1 } as const;

  test('a conflict, a country or a town, in the words of the language', () => {
    expect(topicOf('ukraine', 'nl')?.title).toBe('Oorlog in Oekraïne');
    expect(topicOf('ua', 'de')?.title).toBe('Ukraine');
    expect(topicOf('kharkiv', 'en')?.title).toBe('Kharkiv');
    expect(topicOf('ukraine', 'en')?.has(told({ conflict: 'ukraine' }))).toBe(true);
    expect(topicOf('kharkiv', 'en')?.has(told({ places: [kharkiv] }))).toBe(true);
    expect(topicOf('ua', 'en')?.has(told({ places: [kharkiv] }))).toBe(true);
    expect(topicOf('kherson', 'en')?.has(told({ places: [kharkiv] }))).toBe(false);
  });

  test.each(['', 'xx', 'atlantis', '../ua', 'UA', 'constructor'])('not "%s"', (id) => {
    expect(topicOf(id, 'en')).toBeUndefined();
  });

  test('every topic that is listed can be asked for by its id', () => {
    const { conflicts, countries } = listedTopics('fr');
    for (const { id, title } of [...conflicts, ...countries]) expect(topicOf(id, 'fr')?.title).toBe(title);
    expect(slugOf('Pokrovsk–Myrnohrad')).toBe('pokrovsk-myrnohrad');
  });
});
