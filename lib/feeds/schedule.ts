import { sha256 } from '../sha256.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';
import type { Instant } from '../types.ts';
import type { FeedPace } from './feed-pace.ts';
import type { FeedState } from './model.ts';

/** What a document says about when to come back. */
export interface Wishes {
  readonly ttlMinutes?: number;
  /** When its items were published. */
  readonly published: readonly (string | null)[];
}

/** Minutes between fetches that a publisher asks for (`ttl`) or that suit its rhythm: about two per new item. */
export function wishedMinutes({ ttlMinutes = 0, published }: Wishes, now: Date, pace: FeedPace): number {
  return Math.round(Math.max(ttlMinutes, rhythmMinutes(published, now, pace)));
}

/**
 * When a feed is due again: never before its document and its caching headers allow, nor in the hours that it asks to
 * skip, within the bounds of the pace. Spread by up to a tenth, so that feeds do not march.
 */
export function nextCheck(
  state: Pick<FeedState, 'url' | 'everyMinutes' | 'skipHours'>,
  now: Date,
  pace: FeedPace,
  fresh = 0,
): Instant {
  const asked = Math.max(state.everyMinutes ?? pace.unknownMinutes, fresh / 60);
  const minutes = Math.min(pace.longestWishMinutes, Math.max(pace.shortestMinutes, asked));
  const due = new Date(now.getTime() + minutes * (1 + spread(state.url)) * MINUTE);
  return afterSkipped(due, state.skipHours ?? []).toISOString();
}

/** Clocks of several machines may differ so much. */
const SKEW = 10 * MINUTE;

/**
 * Whether a feed is to be asked at this moment; a run may come late, into an hour that the publisher asks to skip. What
 * a clock wrote that was ahead counts for nothing: else the feed would be left alone, and taken for healthy, until
 * then.
 */
export function isDue({ nextFetch, lastFetch, skipHours = [] }: FeedState, now: Date): boolean {
  const wasAhead = lastFetch !== undefined && Date.parse(lastFetch) - now.getTime() > SKEW;
  if (nextFetch > now.toISOString() && !wasAhead) return false;
  return afterSkipped(now, skipHours).getTime() === now.getTime();
}

/** After a failure: the shortest time, doubled with every further one; what the server asks counts if longer. */
export function nextTry(url: string, now: Date, failures: number, pace: FeedPace, retryAfterSeconds = 0): Instant {
  const backoff = Math.min(pace.longestBackoffMinutes, pace.shortestMinutes * 2 ** Math.min(20, failures - 1));
  const asked = Math.min(pace.longestRetryAfterMinutes, retryAfterSeconds / 60);
  return new Date(now.getTime() + Math.max(backoff, asked) * (1 + spread(url)) * MINUTE).toISOString();
}

/** Whether a feed has failed for so long that it is retired. */
export function isLost(failures: number, lastSuccess: Instant | undefined, now: Date, pace: FeedPace): boolean {
  const silent = lastSuccess === undefined || now.getTime() - Date.parse(lastSuccess) > pace.giveUpDays * DAY;
  return failures >= pace.giveUpFailures && silent;
}

/** 0 to 0.1, always the same for a feed. */
function spread(url: string): number {
  return Number.parseInt(sha256(url).slice(0, 4), 16) / 0xffff / 10;
}

/** Half the usual time between items; slower when nothing has been published for long. */
function rhythmMinutes(published: readonly (string | null)[], now: Date, pace: FeedPace): number {
  const times = published.flatMap((date) => (date ? [Date.parse(date)] : [])).filter((time) => time <= now.getTime());
  const newest = times.toSorted((a, b) => b - a).slice(0, 20);
  const [first] = newest;
  if (first === undefined) return pace.unknownMinutes;
  const gaps = newest.slice(1).map((time, index) => (newest[index] ?? time) - time);
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 2 * pace.unknownMinutes * MINUTE;
  const silence = (now.getTime() - first) / 4;
  return Math.min(pace.slowestMinutes, Math.max(usual / 2, silence / 2) / MINUTE);
}

/** The first hour (UTC) from `due` on that the publisher does not ask to skip. */
function afterSkipped(due: Date, skipHours: readonly number[]): Date {
  for (let hours = 0; hours < 24; hours++) {
    const at = new Date(due.getTime() + hours * HOUR);
    if (hours > 0) at.setUTCMinutes(0, 0, 0);
    if (!skipHours.includes(at.getUTCHours())) return at;
  }
  return due;
}
