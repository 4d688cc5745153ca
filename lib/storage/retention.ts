import type { Limit } from '../subscriptions/ports.ts';
import { DAY, SECOND } from '../time.ts';
import type { Instant } from '../types.ts';

const DAY_SECONDS = DAY / SECOND;

/** Days that an item is kept. */
export const ITEM_DAYS = 90;
/** A feed may list an item for years: its row lives on, but is written at most once in this many days. */
export const RENEW_AFTER_DAYS = 30;
/**
 * From when a reader is planned: 2 days until the mail leaves at the latest, 60 until a complaint, 14 in the queue that
 * holds it. It is most of what is stored.
 */
export const LEDGER_DAYS = 76;
/**
 * Never longer than rows of the ledger. By then every reader planned has such a row if a sweep ran once the edition's time
 * was over and within 8 days of its hour, which is as far as it looks back; else who was still planned is listed no more.
 */
export const PLAN_DAYS = 30;

/**
 * When a row may go: epoch seconds. It only keeps the database small. DynamoDB deletes days late or not at all, SQLite
 * when a later row comes, so no store may mean anything else when the row is still there, or gone.
 */
export function expiry(from: Instant, days: number): number {
  return epochSeconds(from) + days * DAY_SECONDS;
}

/** When the row of a limit may go: a day after its longest window, so that clocks may differ. */
export function limitExpiry(now: Instant, limits: readonly Limit[]): number {
  return expiry(now, 1) + Math.max(0, ...limits.map(({ seconds }) => seconds));
}

/** As DynamoDB's time to live wants it, rounded up. */
export function epochSeconds(instant: Instant): number {
  return Math.ceil(Date.parse(instant) / 1000);
}
