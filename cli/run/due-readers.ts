import { latestDue } from '../../lib/editions/due.ts';
import { pages } from '../../lib/pages.ts';
import type { SubscriberStore } from '../../lib/subscriptions/ports.ts';
import { HOUR } from '../../lib/time.ts';

/** How many readers have an appointment that came within these hours: at most so many get mail when it is published. */
export async function countDue(
  subscribers: Pick<SubscriberStore, 'appointments' | 'dueReaders'>,
  now: Date,
  withinHours: number,
): Promise<number> {
  const oldest = new Date(now.getTime() - withinHours * HOUR).toISOString();
  let total = 0;
  for (const slot of await subscribers.appointments()) {
    if (latestDue(slot, now.toISOString()) < oldest) continue;
    for await (const page of pages((cursor) => subscribers.dueReaders(slot, cursor))) total += page.length;
  }
  return total;
}
