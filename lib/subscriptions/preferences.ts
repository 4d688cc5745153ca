import type { Instant } from '../types.ts';
import { type ChangeDeps, change } from './change.ts';
import { rememberChoice } from './choice.ts';
import type { Preferences, Subscriber } from './model.ts';
import type { Appointment } from './ports.ts';

/**
 * Stores a reader's choices; `pausedUntil` absent ends a pause. Undefined when this is no reader (any more): a link in
 * an old mail must not bring anybody back.
 */
export async function updatePreferences(
  deps: ChangeDeps,
  input: { id: string; preferences: Preferences; pausedUntil?: Instant },
): Promise<Subscriber | undefined> {
  const { after } = await change(deps, input.id, (current, now) => {
    if (current?.status !== 'active' && current?.status !== 'paused') return undefined;
    const { pausedUntil: _pause, ...kept } = current;
    const { pausedUntil } = input;
    const preferences = rememberChoice(current.preferences, input.preferences, now);
    const moved = !isSameAppointment(current.preferences, preferences);
    const row = { ...kept, preferences, ...(moved && { appointmentSince: now }) };
    return pausedUntil ? { ...row, status: 'paused', pausedUntil } : { ...row, status: 'active' };
  });
  return after?.status === 'active' || after?.status === 'paused' ? after : undefined;
}

function isSameAppointment(a: Appointment, b: Appointment): boolean {
  return a.cadence === b.cadence && a.zone === b.zone && a.hour === b.hour;
}
