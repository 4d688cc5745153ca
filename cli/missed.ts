import { nextDue } from '../lib/editions/due.ts';
import type { Slot } from '../lib/editions/model.ts';
import type { EditionStore } from '../lib/editions/ports.ts';
import { pages } from '../lib/pages.ts';
import type { SubscriberStatus } from '../lib/subscriptions/model.ts';
import type { SubscriberStore } from '../lib/subscriptions/ports.ts';
import { receives } from '../lib/subscriptions/receives.ts';
import { DAY, HOUR } from '../lib/time.ts';
import type { Instant } from '../lib/types.ts';

/** An appointment of readers who get mail now; `since`: when the first of them came to it. */
export type Awaited = Slot & { readonly since: Instant };

/** What was not made longer ago helps nobody any more. */
const DAYS = 7;
/** Editions of so many languages, hours and wishes are looked through; where there are more, days fewer than seven. */
const MOST = 2000;

/** Readers by status, and the appointments of those who get mail. Reads every row. */
export async function readersOf(
  subscribers: Pick<SubscriberStore, 'list'>,
  now: Date,
): Promise<{ counts: Partial<Record<SubscriberStatus, number>>; awaited: readonly Awaited[] }> {
  const counts: Partial<Record<SubscriberStatus, number>> = {};
  const awaited = new Map<string, Awaited>();
  for await (const page of pages((cursor) => subscribers.list(cursor)))
    for (const row of page) {
      counts[row.status] = (counts[row.status] ?? 0) + 1;
      if (!receives(row, now.toISOString())) continue;
      const { cadence, zone, hour } = row.preferences;
      const { pausedUntil = '', appointmentSince = row.createdAt } = row;
      const came = pausedUntil > appointmentSince ? pausedUntil : appointmentSince;
      const name = `${cadence} ${zone} ${hour}`;
      const first = awaited.get(name)?.since ?? came;
      awaited.set(name, { cadence, zone, hour, since: first < came ? first : came });
    }
  return { counts, awaited: [...awaited.values()] };
}

/**
 * When editions of the last seven days, but not of the last hour, were due that were never made, earliest first. Only for
 * readers who were there.
 */
export async function missedBy(
  awaited: readonly Awaited[],
  editions: Pick<EditionStore, 'list'>,
  now: Date,
): Promise<readonly Instant[]> {
  const { made, since } = await madeSince(editions, new Date(now.getTime() - DAYS * DAY).toISOString());
  const over = new Date(now.getTime() - HOUR).toISOString();
  const missed = new Set<Instant>();
  for (const slot of awaited) {
    let due = nextDue(slot, slot.since > since ? slot.since : since);
    for (; due < over; due = nextDue(slot, due)) if (!made.has(`${slot.cadence} ${due}`)) missed.add(due);
  }
  return [...missed].sort();
}

/** What was made, as `cadence dueAt`, and since when that is all of it. */
async function madeSince(editions: Pick<EditionStore, 'list'>, start: Instant) {
  const made = new Set<string>();
  let read = 0;
  for await (const page of pages((cursor) => editions.list(100, cursor)))
    for (const { id, dueAt } of page) {
      read += 1;
      if (dueAt < start || read > MOST) return { made, since: read > MOST ? dueAt : start };
      made.add(`${id.split('-')[1]} ${dueAt}`);
    }
  return { made, since: start };
}
