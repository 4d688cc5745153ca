import type { Instant } from '../types.ts';
import { type ChangeDeps, change } from './change.ts';
import type { Subscriber } from './model.ts';

/** What a row holds when everything about the person is gone. */
export const forgotten = (now: Instant): Pick<Subscriber, 'email' | 'preferences' | 'consent' | 'createdAt'> => ({
  email: '',
  preferences: { locale: 'en', cadence: 'daily', zone: 'UTC', hour: 0 },
  consent: { requestedAt: now, source: 'erased', textHash: '' },
  createdAt: now,
});

/**
 * Removes everything about a person except the keyed hash that is the row's id, so that an import of an old list does
 * not bring the address back (GDPR art. 17 with 21(3)). A suppression stays one. False when there was no such row.
 */
export async function erase(deps: ChangeDeps, id: string): Promise<boolean> {
  const { before } = await change(deps, id, (current, now) => {
    if (!current || isForgotten(current)) return undefined;
    const suppressed = current.status === 'suppressed';
    return {
      id,
      ...forgotten(now),
      status: suppressed ? 'suppressed' : 'unsubscribed',
      reason: suppressed ? (current.reason ?? 'operator') : 'erased',
    };
  });
  return before !== undefined;
}

function isForgotten(row: Subscriber): boolean {
  return row.email === '' && row.consent.source === 'erased';
}
