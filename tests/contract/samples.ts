import type { Message } from '../../lib/editions/message.ts';
import type { Considered, Edition, EditionStory } from '../../lib/editions/model.ts';
import type { FeedState, Item } from '../../lib/feeds/model.ts';
import type { Decision } from '../../lib/selection/model.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import type { Subscriber } from '../../lib/subscriptions/model.ts';
import type { Instant, Page } from '../../lib/types.ts';

/** Opens empty stores; every test has its own. */
export type Open = () => Promise<Stores & { close?(): void | Promise<void> }>;

export const NOW: Instant = '2026-11-23T06:00:00.000Z';

/** For `expect.poll`: an index may lag, and the machine may be busy. Milliseconds. */
export const EVENTUALLY = { timeout: 15_000, interval: 10 };

/** The instant so many seconds after `NOW`. */
export function later(seconds: number): Instant {
  return new Date(Date.parse(NOW) + seconds * 1000).toISOString();
}

/** An id like those of readers and items: 32 hex digits. */
export function hexId(number: number): string {
  return Math.imul(number, 0x9e3779b1).toString(16).replace('-', 'f').padStart(8, '0').padEnd(32, '7');
}

/** Everything that a listing gives, followed to its end. */
export async function everything<T>(list: (cursor?: string) => Promise<Page<T>>): Promise<readonly T[]> {
  const found: T[] = [];
  let page = await list();
  found.push(...page.items);
  while (page.next !== undefined) {
    page = await list(page.next);
    found.push(...page.items);
  }
  return found;
}

/** Does `work` for 0 .. count - 1, some at a time. */
export async function many(count: number, work: (number: number) => Promise<unknown>): Promise<void> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  for (let from = 0; from < count; from += 50) await Promise.all(numbers.slice(from, from + 50).map(work));
}

export function feedState(over: Partial<FeedState> = {}): FeedState {
  return { url: 'https://feeds.example.org/world', nextFetch: NOW, failures: 0, ...over };
}

export function item(over: Partial<Item> = {}): Item {
  return {
    key: hexId(1),
    feedUrl: 'https://feeds.example.org/world',
    publisher: 'Morning Ledger',
    family: 'example.org',
    title: 'Beschietingen langs de rivier — «вночі» 🌍',
    link: 'https://example.org/river',
    summary: '',
    author: null,
    image: null,
    published: null,
    firstSeen: NOW,
    hash: 'aa',
    backlog: false,
    ...over,
  };
}

export function subscriber(over: Partial<Subscriber> = {}): Subscriber {
  return {
    id: hexId(1),
    email: 'reader@example.org',
    status: 'active',
    preferences: { locale: 'nl', cadence: 'daily', zone: 'Europe/Amsterdam', hour: 7 },
    consent: { requestedAt: NOW, confirmedAt: NOW, source: 'form', textHash: 'ab' },
    createdAt: NOW,
    updatedAt: NOW,
    version: 1,
    ...over,
  };
}

const decision: Decision = {
  picked: true,
  score: 0.875,
  lang: 'uk',
  reasons: [{ kind: 'concept', text: 'обстріл', weight: 1.5 }],
  profile: 'war@1a2b',
};

function considered(number: number): Considered {
  return {
    key: hexId(number),
    title: `Raad bespreekt begroting ${number} — een lange kop over iets anders ${hexId(number)}`,
    link: `https://example.org/council/${hexId(number)}`,
    publisher: 'Evening Courier',
    decision: { ...decision, picked: false, score: number / 1e4 },
    why: 'not picked',
  };
}

function story(number: number): EditionStory {
  return {
    id: hexId(number).slice(0, 16),
    items: [1, 2, 3].map((copy) => ({ item: item({ key: hexId(number * 10 + copy) }), decision })),
    rank: { score: 0.5, parts: { sources: 0.25 } },
    places: [{ name: 'Harbour Town', country: 'UA', lat: 46.5, lon: 30.75, precision: 1 }],
    concepts: ['shelling'],
    attribution: 'several independent',
    families: ['example.org'],
    contentWarning: false,
    latest: NOW,
    change: 'new',
  };
}

export function edition(over: Partial<Edition> = {}): Edition {
  return {
    id: 'war-daily-nl-20261123T0600Z',
    publication: 'war',
    cadence: 'daily',
    variant: 'nl',
    dueAt: NOW,
    composedAt: NOW,
    sendBy: later(3600),
    lead: story(1),
    sections: [{ title: 'Ukraine', stories: [story(2)] }],
    considered: [considered(1)],
    ended: [],
    counts: { items: 3, picked: 2, stories: 2, publishers: 1, readMinutes: 1 },
    health: { total: 2, healthy: 1, silent: ['Evening Courier'] },
    quiet: false,
    versions: { profile: 'war@1a2b', config: 'c', code: 'd' },
    ...over,
  };
}

/** As large as editions get: 60 stories, 1,500 items left out. */
export function largeEdition(): Edition {
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
  return edition({
    sections: [{ title: 'Ukraine', stories: numbers(60).map(story) }],
    considered: numbers(1500).map(considered),
  });
}

export function message(over: Partial<Message> = {}): Message {
  return {
    subject: 'Вечірній випуск: 2 verhalen',
    preheader: 'Kort',
    lang: 'nl',
    html: ['<p>', { slot: 'unsubscribeUrl' }, '</p>\u2028'],
    text: ['Uit: ', { slot: 'unsubscribeUrl' }],
    ...over,
  };
}
