import type { Instant } from '../types.ts';
import { sha256 } from './identity.ts';
import type { FeedState } from './model.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/** Bounds of the time between two fetches of one feed, in minutes. */
const SHORTEST = 15;
const LONGEST = DAY;
/** A publisher may ask for more: a week between fetches, a month of rest after a refusal; beyond that it is a mistake. */
const LONGEST_WISH = 7 * DAY;
const LONGEST_RETRY = 30 * DAY;
/** Without dates nothing is known of a feed's rhythm. */
const UNKNOWN_RHYTHM = 60;
const SLOWEST_RHYTHM = 6 * 60;
/** Failures in a row, and days without a success, after which a feed is given up. */
const GIVE_UP_FAILURES = 20;
const GIVE_UP_DAYS = 30;

/** What a document says about when to come back. */
export interface Wishes {
  readonly ttlMinutes?: number;
  /** When its items were published. */
  readonly published: readonly (string | null)[];
}

/** Minutes between fetches that a publisher asks for (`ttl`) or that suit its rhythm: about two per new item. */
export function wishedMinutes({ ttlMinutes = 0, published }: Wishes, now: Date): number {
  return Math.round(Math.max(ttlMinutes, rhythmMinutes(published, now)));
}

/**
 * When a feed is due again: never before its document and its caching headers allow (up to a week), and not in the hours
 * that it asks to skip; never within 15 minutes. Spread by up to a tenth, so that feeds do not march.
 */
export function nextCheck(state: Pick<FeedState, 'url' | 'everyMinutes' | 'skipHours'>, now: Date, fresh = 0): Instant {
  const asked = Math.max(state.everyMinutes ?? UNKNOWN_RHYTHM, fresh / 60);
  const minutes = Math.min(LONGEST_WISH, Math.max(SHORTEST, asked));
  const due = new Date(now.getTime() + minutes * (1 + spread(state.url)) * MINUTE);
  return afterSkipped(due, state.skipHours ?? []).toISOString();
}

/** Whether a feed is to be asked at this moment; a run may come late, into an hour that the publisher asks to skip. */
export function isDue({ retired, nextFetch, skipHours = [] }: FeedState, now: Date): boolean {
  if (retired !== undefined || nextFetch > now.toISOString()) return false;
  return afterSkipped(now, skipHours).getTime() === now.getTime();
}

/** After a failure: 15 minutes, doubled with every further one, up to a day; what the server asks counts if longer. */
export function nextTry(url: string, now: Date, failures: number, retryAfterSeconds = 0): Instant {
  const backoff = Math.min(LONGEST, SHORTEST * 2 ** Math.min(10, failures - 1));
  const asked = Math.min(LONGEST_RETRY, retryAfterSeconds / 60);
  return new Date(now.getTime() + Math.max(backoff, asked) * (1 + spread(url)) * MINUTE).toISOString();
}

/** Whether a feed has failed for so long that it is no longer tried. */
export function isLost(failures: number, lastSuccess: Instant | undefined, now: Date): boolean {
  const silent = lastSuccess === undefined || now.getTime() - Date.parse(lastSuccess) > GIVE_UP_DAYS * DAY * MINUTE;
  return failures >= GIVE_UP_FAILURES && silent;
}

/** 0 to 0.1, always the same for a feed. */
function spread(url: string): number {
  return Number.parseInt(sha256(url).slice(0, 4), 16) / 0xffff / 10;
}

/** Half the usual time between items; slower when nothing has been published for long. */
function rhythmMinutes(published: readonly (string | null)[], now: Date): number {
  const times = published.flatMap((date) => (date ? [Date.parse(date)] : [])).filter((time) => time <= now.getTime());
  const newest = times.toSorted((a, b) => b - a).slice(0, 20);
  const [first] = newest;
  if (first === undefined) return UNKNOWN_RHYTHM;
  const gaps = newest.slice(1).map((time, index) => (newest[index] ?? time) - time);
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 2 * UNKNOWN_RHYTHM * MINUTE;
  const silence = (now.getTime() - first) / 4;
  return Math.min(SLOWEST_RHYTHM, Math.max(usual / 2, silence / 2) / MINUTE);
}

/** The first hour (UTC) from `due` on that the publisher does not ask to skip. */
function afterSkipped(due: Date, skipHours: readonly number[]): Date {
  for (let hours = 0; hours < 24; hours++) {
    const at = new Date(due.getTime() + hours * 60 * MINUTE);
    if (hours > 0) at.setUTCMinutes(0, 0, 0);
    if (!skipHours.includes(at.getUTCHours())) return at;
  }
  return due;
}
