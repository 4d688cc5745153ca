import * as v from 'valibot';
import { DAY, HOUR, MINUTE } from '../time.ts';
import { count } from './fields.ts';

const HOUR_MINUTES = HOUR / MINUTE;
const DAY_MINUTES = DAY / MINUTE;

const amount = (min: number, max: number) => v.exactOptional(count(min, max));

/** Bounds of one fetch, by their names and defaults in `lib/feeds/fetch.ts`; what is left out keeps its default. */
const fetchBounds = v.strictObject({
  timeoutMs: amount(100, MINUTE),
  connectMs: amount(100, MINUTE),
  headersMs: amount(100, MINUTE),
  maxBytes: amount(65_536, 64 * 1_048_576),
  maxRedirects: amount(0, 20),
  maxItems: amount(1, 10_000),
  hostGapMs: amount(0, MINUTE),
  concurrency: amount(1, 64),
});

/** How often feeds are read, by the names and defaults of `lib/feeds/feed-pace.ts`; what is left out keeps those. */
const pace = v.strictObject({
  shortestMinutes: amount(5, DAY_MINUTES),
  unknownMinutes: amount(5, DAY_MINUTES),
  slowestMinutes: amount(5, 7 * DAY_MINUTES),
  longestWishMinutes: amount(HOUR_MINUTES, 30 * DAY_MINUTES),
  longestBackoffMinutes: amount(HOUR_MINUTES, 30 * DAY_MINUTES),
  longestRetryAfterMinutes: amount(HOUR_MINUTES, 90 * DAY_MINUTES),
  giveUpFailures: amount(3, 1000),
  giveUpDays: amount(1, 365),
  lostAgainDays: amount(1, 365),
  goneAgainDays: amount(1, 3650),
  movedAfterFetches: amount(1, 100),
  rereadDays: amount(1, 90),
  backlogHours: amount(0, 8 * 24),
});

/** How feeds are read. */
export const collectSchema = v.strictObject({
  everyMinutes: v.optional(count(5, 240), 15),
  /** Named in the User-Agent, so that a publisher can reach the operator. */
  contactUrl: v.optional(v.pipe(v.string(), v.url())),
  /** Only for feeds on this machine: lets the fetcher reach loopback addresses. */
  allowLoopback: v.optional(v.boolean(), false),
  fetch: v.optional(fetchBounds, {}),
  pace: v.optional(pace, {}),
});
