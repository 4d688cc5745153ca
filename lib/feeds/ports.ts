import type { Instant, Page } from '../types.ts';
import type { FeedState, Item } from './model.ts';

/** What `collect` keeps. Every write is one conditional write; writing the same thing twice changes nothing. */
export interface FeedStore {
  getState(url: string): Promise<FeedState | undefined>;
  putState(state: FeedState): Promise<void>;
  listStates(): Promise<readonly FeedState[]>;
  /**
   * Stores an item by its key. A known key with the same hash is left alone; with another hash the item is updated in
   * place and keeps its `firstSeen` and `backlog`; `changed` becomes the `firstSeen` of the edit.
   */
  putItem(item: Item): Promise<'new' | 'changed' | 'same'>;
  getItem(key: string): Promise<Item | undefined>;
  /** Items first seen at or after `since`, in no promised order, each at most once. */
  itemsSince(since: Instant, cursor?: string): Promise<Page<Item>>;
}
