import { DAY, HOUR } from '../time.ts';
import type { Instant } from '../types.ts';
import type { Slot } from './model.ts';
import { offsetAt } from './zone.ts';

/**
 * The newest instant at or before `at` at which the slot's appointment came: every day (`weekly`: every Monday) the
 * first instant at which a clock in the zone shows the slot's hour or later. So an hour that the clock skips comes at the
 * jump, and an hour that it shows twice comes once, the first time.
 */
export function latestDue(slot: Slot, at: Instant): Instant {
  const now = Date.parse(at);
  const today = startOfDay(now + offsetAt(slot.zone, now));
  // The clock's own date can lag the newest appointment (it was set back) by one day, never more.
  for (let day = today + DAY; ; day -= DAY) {
    if (slot.cadence === 'weekly' && new Date(day).getUTCDay() !== 1) continue;
    const due = firstReached(slot.zone, day + slot.hour * HOUR);
    if (due <= now) return new Date(due).toISOString();
  }
}

/** How long it can be from one coming to the next, and some more. */
const LONGEST = { daily: 2 * DAY, weekly: 8 * DAY } as const;

/** The first instant after `at` at which the slot's appointment comes. */
export function nextDue(slot: Slot, at: Instant): Instant {
  let next = latestDue(slot, new Date(Date.parse(at) + LONGEST[slot.cadence]).toISOString());
  for (;;) {
    const before = latestDue(slot, new Date(Date.parse(next) - 1).toISOString());
    if (before <= at) return next;
    next = before;
  }
}

/** Wall-clock times are milliseconds, written as if the zone were UTC. */
function startOfDay(wall: number): number {
  return Math.floor(wall / DAY) * DAY;
}

/** The first instant at which the zone's clock shows `wall` or later. */
function firstReached(zone: string, wall: number): number {
  const before = offsetAt(zone, wall - DAY);
  const early = wall - before;
  if (offsetAt(zone, early) === before) return early;
  const late = wall - offsetAt(zone, wall + DAY);
  if (late + offsetAt(zone, late) === wall) return late;
  return jump(zone, Math.min(late, early) - HOUR, Math.max(late, early), wall);
}

/** The clock jumps over `wall` somewhere in (low, high]: halve until the millisecond of the jump is left. */
function jump(zone: string, low: number, high: number, wall: number): number {
  let [under, over] = [low, high];
  while (over - under > 1) {
    const middle = Math.floor((under + over) / 2);
    if (middle + offsetAt(zone, middle) >= wall) over = middle;
    else under = middle;
  }
  return over;
}
