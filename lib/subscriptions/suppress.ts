import { type ChangeDeps, change } from './change.ts';
import { forgotten } from './erase.ts';

/**
 * Never mail this address again: it bounces, its owner complained, or the operator says so. Works for a row that is not
 * there (any more) too: then only the keyed hash is stored.
 */
export async function suppress(deps: ChangeDeps, id: string, reason: string): Promise<void> {
  await change(deps, id, (current, now) => {
    if (current?.status === 'suppressed') return undefined;
    if (!current) return { id, ...forgotten(now), status: 'suppressed', reason };
    const { before: _left, pausedUntil: _pause, replaces: _replaced, ...row } = current;
    return { ...row, status: 'suppressed', reason };
  });
}

/** Lifts a suppression. The reader is not back in: only a new confirmation does that. False: it was not suppressed. */
export async function unsuppress(deps: ChangeDeps, id: string): Promise<boolean> {
  const { before, after } = await change(deps, id, (current) =>
    current?.status === 'suppressed' ? { ...current, status: 'unsubscribed', reason: 'operator' } : undefined,
  );
  return before?.version !== after?.version;
}
