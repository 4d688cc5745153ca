import type { Item } from '../../lib/feeds/model.ts';
import type { Site } from '../../lib/rendering/site.ts';
import type { Subscriber } from '../../lib/subscriptions/model.ts';
import type { Instant, Locale } from '../../lib/types.ts';

/** Small invented things that tests of whole runs share. */
export const site: Site = {
  name: 'Dispatches',
  url: 'https://dispatches.example',
  from: 'digest@dispatches.example',
  contact: 'Dispatches, a sample publication',
};

export const config = {
  publication: { id: 'war' },
  edition: { maxStories: 20, lookbackHours: 36, sendWithinHours: 4 },
};

export const keys = { current: 'test-signing-key-0001', previous: [], identity: 'test-identity-key-001' };

export function item(n: number, published: Instant, change: Partial<Item> = {}): Item {
  const key = n.toString(16).padStart(32, '0');
  return {
    key,
    feedUrl: 'https://news.example/feed.xml',
    publisher: 'Sample Courier',
    family: 'courier',
    title: `Shelling hits the harbour town for day ${n}, army says`,
    link: `https://news.example/${n}`,
    summary: 'Artillery struck the port during the night and the army reported fighting along the river.',
    author: null,
    image: null,
    published,
    firstSeen: published,
    lang: 'en',
    hash: key,
    backlog: false,
    ...change,
  };
}

export function reader(n: number, locale: Locale, change: Partial<Subscriber> = {}): Subscriber {
  const at = '2026-11-01T09:00:00.000Z';
  return {
    id: n.toString(16).padStart(32, '0'),
    email: `reader-${n}@example.org`,
    status: 'active',
    preferences: { locale, cadence: 'daily', zone: 'Europe/Amsterdam', hour: 7 },
    consent: { requestedAt: at, confirmedAt: at, source: 'form', textHash: '0'.repeat(64) },
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...change,
  };
}

/** Picks every item: what is picked is not the matter of these tests. */
export const pickAll = {
  profile: 'all@1',
  decide: () => ({ picked: true, score: 1, lang: 'en', reasons: [], profile: 'all@1' }),
};
