import type { Item } from '../../lib/feeds/model.ts';
import type { ScoredItem } from '../../lib/selection/model.ts';
import { createSelector } from '../../lib/selection/selector.ts';

const selector = createSelector();

/** A whole item from the parts a test is about. */
export function item(title: string, parts: Partial<Item> = {}): Item {
  return {
    key: title,
    feedUrl: 'https://news.example/feed',
    publisher: 'News',
    family: 'news.example',
    title,
    link: null,
    summary: '',
    author: null,
    image: null,
    published: '2026-03-02T08:00:00.000Z',
    firstSeen: '2026-03-02T08:10:00.000Z',
    hash: '',
    backlog: false,
    ...parts,
  };
}

/** An item with the built-in profile's decision. */
export function scored(title: string, parts: Partial<Item> = {}): ScoredItem {
  const whole = item(title, parts);
  return { item: whole, decision: selector.decide(whole) };
}
