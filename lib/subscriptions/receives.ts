import type { Instant } from '../types.ts';
import type { Subscriber } from './model.ts';

/** Whether editions may be sent to this reader at `now`: active, or paused until a moment that has passed. */
export function receives(subscriber: Subscriber, now: Instant): boolean {
  if (subscriber.status === 'active') return true;
  return subscriber.status === 'paused' && subscriber.pausedUntil !== undefined && subscriber.pausedUntil <= now;
}
