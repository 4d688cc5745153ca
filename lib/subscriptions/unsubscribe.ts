import type { Instant } from '../types.ts';
import { change } from './change.ts';
import { forgotten } from './erase.ts';
import { type LetterDeps, postCourtesy } from './letters.ts';
import type { Subscriber } from './model.ts';

/** Who leaves how: the mail program's button, our page, a new address taking over, or the operator. */
export type LeaveReason = 'one-click' | 'page' | 'moved' | 'operator';

export interface UnsubscribeResult {
  /** False when there was nothing to leave: as good for the reader. */
  readonly changed: boolean;
  readonly subscriber?: Subscriber;
}

/**
 * Takes a reader out, at once: what reads the row from now on sends nothing. An address that never confirmed is
 * forgotten too. Leaving by the page is answered with a goodbye letter, because a forwarded mail lets somebody else
 * press that button; the mail program's button is the reader's own and gets no further mail.
 */
export async function unsubscribe(
  deps: LetterDeps,
  input: { id: string; reason: LeaveReason },
): Promise<UnsubscribeResult> {
  const { before, after } = await change(deps, input.id, (current, now) => {
    if (!current || current.status === 'unsubscribed' || current.status === 'suppressed') return undefined;
    const { before: _left, replaces: _replaced, ...row } = current;
    const kept = current.status === 'pending' ? forgotten(now) : {};
    return { ...row, ...kept, status: 'unsubscribed', reason: input.reason };
  });
  const changed = before?.version !== after?.version;
  const wasReader = before?.status === 'active' || before?.status === 'paused';
  if (changed && wasReader && input.reason === 'page') await postCourtesy(deps, 'goodbye', input.id);
  return { changed, ...(after && { subscriber: after }) };
}

/**
 * Takes back an unsubscription that was made a moment ago, by whoever made it: only while the row is still the one
 * that the unsubscription wrote. With `pausedUntil` the reader comes back after a break. False when it is not that row.
 */
export async function undoUnsubscribe(
  deps: LetterDeps,
  input: { id: string; version: number; pausedUntil?: Instant },
): Promise<boolean> {
  const { before, after } = await change(deps, input.id, (current) => {
    if (current?.status !== 'unsubscribed' || current.version !== input.version || !current.email) return undefined;
    const { reason: _reason, ...row } = current;
    const pausedUntil = input.pausedUntil ?? row.pausedUntil;
    return pausedUntil ? { ...row, status: 'paused', pausedUntil } : { ...row, status: 'active' };
  });
  return before?.version === input.version && after?.version === input.version + 1;
}
