import type { Instant } from '../../types.ts';

const DAY = 86_400;

/**
 * The `expires` of a row: epoch seconds. It only keeps the table small: DynamoDB deletes some days late or not at all,
 * so no store may mean anything else when the row is still there, or gone.
 */
export function expiry(from: Instant, days: number): number {
  return Math.ceil(Date.parse(from) / 1000) + days * DAY;
}
