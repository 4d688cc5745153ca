import type { Subscriber } from './model.ts';

/** Everything that is stored about a person, for that person (GDPR art. 15 and 20). */
export function exportData(row: Subscriber): Readonly<Record<string, unknown>> {
  const { email, status, preferences, consent, createdAt, updatedAt, pausedUntil, appointmentSince, reason, id } = row;
  return {
    about: 'All data that this newsletter stores about you. `id` is a keyed hash of your address.',
    id,
    email,
    status,
    reason,
    pausedUntil,
    preferences,
    appointmentSince,
    consent,
    createdAt,
    updatedAt,
  };
}
