import { DAY, MINUTE } from '../time.ts';

/** How often feeds are read and when they are given up; the operator may set each (`collect.pace`). */
export interface FeedPace {
  /**
   * Least time between two fetches of a feed: a little under a quarter of an hour, so that every tick can have it.
   * Default 13.
   */
  readonly shortestMinutes: number;
  /** For a feed without dates nothing is known of its rhythm. Default 60. */
  readonly unknownMinutes: number;
  /** Most time between two fetches of a feed by its own rhythm. Default 360. */
  readonly slowestMinutes: number;
  /** A publisher may ask for more (`ttl`, Cache-Control, Expires); beyond that it is a mistake. Default a week. */
  readonly longestWishMinutes: number;
  /** Most time between two tries of a feed that fails. Default a day. */
  readonly longestBackoffMinutes: number;
  /** Most that a refusal's `Retry-After` counts for. Default 30 days. */
  readonly longestRetryAfterMinutes: number;
  /** Failures in a row, and days without a success, after which a feed is retired. Default 20 and 30. */
  readonly giveUpFailures: number;
  readonly giveUpDays: number;
  /** When a retired feed is tried once more: after it failed for so long (default 7), after 410 Gone (default 30). */
  readonly lostAgainDays: number;
  readonly goneAgainDays: number;
  /** Fetches in a row after which a permanent redirect is believed. Default 3. */
  readonly movedAfterFetches: number;
  /** A document that was no feed is asked for in full again: it may be our reader that has changed. Default 7. */
  readonly rereadDays: number;
  /** At a feed's first success, items older than this are its backlog. Default 48. */
  readonly backlogHours: number;
}

const DAY_MINUTES = DAY / MINUTE;

export const DEFAULT_FEED_PACE: FeedPace = {
  shortestMinutes: 13,
  unknownMinutes: 60,
  slowestMinutes: 6 * 60,
  longestWishMinutes: 7 * DAY_MINUTES,
  longestBackoffMinutes: DAY_MINUTES,
  longestRetryAfterMinutes: 30 * DAY_MINUTES,
  giveUpFailures: 20,
  giveUpDays: 30,
  lostAgainDays: 7,
  goneAgainDays: 30,
  movedAfterFetches: 3,
  rereadDays: 7,
  backlogHours: 48,
};
