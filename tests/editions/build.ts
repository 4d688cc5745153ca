import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ArrangeInput, arrange } from '../../lib/editions/arrange.ts';
import type { Edition } from '../../lib/editions/model.ts';
import type { Item } from '../../lib/feeds/model.ts';
import type { Decision, Place, ScoredItem, Story } from '../../lib/selection/model.ts';

/** Sample editions, built from fixtures so that these tests need neither feeds nor selection. */
const fixture = JSON.parse(readFileSync(new URL('../fixtures/editions/stories.json', import.meta.url), 'utf8')) as {
  places: readonly Place[];
  publishers: readonly { publisher: string; lang: string }[];
  told: Readonly<Record<string, readonly (readonly [title: string, summary: string])[]>>;
};

export const DUE = '2026-11-23T06:00:00.000Z';
export const SITE = {
  name: 'Dispatches',
  url: 'https://digest.example.org',
  from: 'digest@digest.example.org',
  contact: 'Dispatches, a sample publication. Replies reach the editors.',
};

const hash = (text: string, length: number) => createHash('sha256').update(text).digest('hex').slice(0, length);
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

export function item(over: Partial<Item> = {}): Item {
  const title = over.title ?? 'A headline';
  const publisher = over.publisher ?? 'The Harbour Post';
  return {
    key: hash(publisher + title, 32),
    feedUrl: 'https://feeds.example.org/news.xml',
    publisher,
    family: publisher,
    title,
    link: `https://${hash(publisher, 6)}.example.org/news/${hash(title, 10)}`,
    summary: '',
    author: null,
    image: null,
    published: '2026-11-23T04:14:00.000Z',
    firstSeen: '2026-11-23T04:20:00.000Z',
    hash: hash(title, 64),
    backlog: false,
    ...over,
  };
}

export function decision(over: Partial<Decision> = {}): Decision {
  const reasons = ['shelling', 'front line'].map((text) => ({ kind: 'concept', text, weight: 1 }));
  return { picked: true, score: 0.9, lang: 'en', reasons, profile: 'war@test', ...over };
}

export function story(items: readonly ScoredItem[], over: Partial<Story> = {}): Story {
  const [first] = items;
  return {
    id: hash(first?.item.key ?? '', 16),
    items,
    rank: { score: first?.decision.score ?? 0, parts: {} },
    places: [],
    concepts: [],
    attribution: items.length > 1 ? 'several independent' : 'one publisher',
    families: items.map((entry) => entry.item.family),
    contentWarning: false,
    latest: first?.item.published ?? DUE,
    ...over,
  };
}

/** The place after every fifth word: the samples are few, and no two stories of an edition may share a line. */
const marked = (text: string) => text.replace(/((?:\S+ ){4}\S+)/g, '$1 {place}');

const WORDS = ['shelling', 'front line', 'ceasefire', 'drones', 'evacuation', 'prisoners', 'siege'];
const reasonsOf = (n: number) =>
  [pick(WORDS, n), pick(WORDS, n * 3 + 1)].map((text) => ({ kind: 'concept', text, weight: 1 }));

/** Story `n` of a sample: told by one to four publishers, each in its own language. */
export function sampleStory(n: number, lead?: string): Story {
  const place = pick(fixture.places, n);
  const start = lead === undefined ? n : fixture.publishers.findIndex(({ lang }) => lang === lead);
  const items = Array.from({ length: 1 + ((n * 7) % 4) }, (_, index) => {
    const { publisher, lang } = pick(fixture.publishers, start + index);
    const [title, summary] = pick(fixture.told[lang] ?? [], n + index);
    const put = (text: string) => text.replaceAll('{place}', n < 6 ? place.name : `${place.name}-${n}`);
    const published = new Date(Date.parse(DUE) - (20 + n * 13 + index * 41) * 60_000).toISOString();
    return {
      item: item({ publisher, title: put(title), summary: put(n < 6 ? summary : marked(summary)), published }),
      decision: decision({ lang, reasons: reasonsOf(n) }),
    };
  });
  const over = { places: [place], contentWarning: n % 5 === 0, rank: { score: 1 - n / 100, parts: {} } };
  return story(items, over);
}

export function edition(stories: readonly Story[], over: Partial<ArrangeInput> = {}): Edition {
  return arrange({
    key: { publication: 'war', cadence: 'daily', variant: 'en', dueAt: DUE },
    composedAt: DUE,
    sendBy: '2026-11-23T18:00:00.000Z',
    stories,
    considered: [],
    seen: 412,
    picked: stories.length * 2,
    previous: [],
    health: { total: 14, healthy: 14, silent: [] },
    maxStories: 60,
    versions: { profile: 'war@test', config: 'c1', code: '0.1.0' },
    ...over,
  });
}

/** An edition of `count` sample stories in a language; the lead is told in that language. */
export function sampleEdition(
  count: number,
  variant: Edition['variant'] = 'en',
  over: Partial<ArrangeInput> = {},
): Edition {
  const stories = Array.from({ length: count }, (_, n) => sampleStory(n, n === 0 ? variant : undefined));
  return edition(stories, { key: { publication: 'war', cadence: 'daily', variant, dueAt: DUE }, ...over });
}
