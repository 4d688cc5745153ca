import { change } from './change.ts';
import { type LetterDeps, postCourtesy } from './letters.ts';
import type { Subscriber } from './model.ts';
import { unsubscribe } from './unsubscribe.ts';

/** `already`: it was done before, which is as good. `gone`: the request expired, or the reader left since. */
export type ConfirmResult =
  | { readonly outcome: 'confirmed' | 'already'; readonly subscriber: Subscriber }
  | { readonly outcome: 'gone' };

/**
 * The reader pressed the button: pending becomes active (paused, when a reader moves in a pause), and the welcome letter is posted. Pressing it again finishes
 * what broke off, so that no old address goes on getting mail beside the new one.
 */
export async function confirm(deps: LetterDeps, input: { id: string; nonce?: string }): Promise<ConfirmResult> {
  const { before, after } = await change(deps, input.id, (current, now) => {
    if (current?.status !== 'pending') return undefined;
    const { before: _left, ...row } = current;
    const consent = { ...row.consent, confirmedAt: now, ...(input.nonce && { nonce: input.nonce }) };
    return { ...row, status: row.pausedUntil ? 'paused' : 'active', consent, appointmentSince: now };
  });
  if (after?.status !== 'active' && after?.status !== 'paused') return { outcome: 'gone' };
  const subscriber = after.replaces ? await takePlace(deps, after, after.replaces) : after;
  if (before?.status !== 'pending') return { outcome: 'already', subscriber };
  await postCourtesy(deps, 'welcome', after.id);
  return { outcome: 'confirmed', subscriber };
}

/** The old address leaves first; only then is it forgotten which one it was. */
async function takePlace(deps: LetterDeps, row: Subscriber, old: string): Promise<Subscriber> {
  await unsubscribe(deps, { id: old, reason: 'moved' });
  const { after = row } = await change(deps, row.id, (current) => {
    if (current?.replaces !== old) return undefined;
    const { replaces: _done, ...rest } = current;
    return rest;
  });
  return after;
}
