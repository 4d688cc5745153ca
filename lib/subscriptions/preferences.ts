import type { Instant } from '../types.ts';
import { type ChangeDeps, change } from './change.ts';
import type { Preferences, Subscriber } from './model.ts';

/**
 * Stores a reader's choices; `pausedUntil` absent ends a pause. Undefined when this is no reader (any more): a link in
 * an old mail must not bring anybody back.
 */
export async function updatePreferences(
  deps: ChangeDeps,
  input: { id: string; preferences: Preferences; pausedUntil?: Instant },
): Promise<Subscriber | undefined> {
  const { after } = await change(deps, input.id, (current) => {
    if (current?.status !== 'active' && current?.status !== 'paused') return undefined;
    const { pausedUntil: _pause, ...row } = current;
    const { preferences, pausedUntil } = input;
    return pausedUntil
      ? { ...row, preferences, status: 'paused', pausedUntil }
      : { ...row, preferences, status: 'active' };
  });
  return after?.status === 'active' || after?.status === 'paused' ? after : undefined;
}
