import { change } from './change.ts';
import { type LetterDeps, postCourtesy } from './letters.ts';
import type { Subscriber } from './model.ts';
import { unsubscribe } from './unsubscribe.ts';

/** `already`: it was done before, which is as good. `gone`: the request expired, or the reader left since. */
export type ConfirmResult =
  | { readonly outcome: 'confirmed' | 'already'; readonly subscriber: Subscriber }
  | { readonly outcome: 'gone' };

/** The reader pressed the button: pending becomes active, and the welcome letter is posted. */
export async function confirm(deps: LetterDeps, input: { id: string; nonce?: string }): Promise<ConfirmResult> {
  const { before, after } = await change(deps, input.id, (current, now) => {
    if (current?.status !== 'pending') return undefined;
    const { before: _left, replaces: _replaced, ...row } = current;
    const consent = { ...row.consent, confirmedAt: now, ...(input.nonce && { nonce: input.nonce }) };
    return { ...row, status: 'active', consent, appointmentSince: now };
  });
  if (after?.status !== 'active' && after?.status !== 'paused') return { outcome: 'gone' };
  if (before?.status !== 'pending') return { outcome: 'already', subscriber: after };
  if (before.replaces) await unsubscribe(deps, { id: before.replaces, reason: 'moved' });
  await postCourtesy(deps, 'welcome', after.id);
  return { outcome: 'confirmed', subscriber: after };
}
