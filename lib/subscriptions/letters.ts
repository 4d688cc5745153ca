import { randomBytes } from 'node:crypto';
import type { Logger } from '../log.ts';
import type { ChangeDeps } from './change.ts';
import { MAILBOX_LIMITS } from './limits.ts';
import type { Letterbox, LimitStore } from './ports.ts';

export interface LetterDeps extends ChangeDeps {
  readonly letters: Letterbox;
  readonly limits: LimitStore;
  readonly log: Logger;
}

/** Tells letters of one kind to one reader apart. Letters, digits, `-` and `_`. */
export function newNonce(): string {
  return randomBytes(9).toString('base64url');
}

/**
 * Posts a letter that the reader can do without: the change stands whether or not it leaves. Of a kind no more than may
 * be asked for: whoever holds an old mail can leave and take it back without end.
 */
export async function postCourtesy(deps: LetterDeps, letter: 'welcome' | 'goodbye', id: string): Promise<void> {
  try {
    if (!(await deps.limits.take(`${letter}:${id}`, MAILBOX_LIMITS, deps.clock().toISOString()))) return;
    await deps.letters.post(letter, id, newNonce());
  } catch (error) {
    deps.log.warn('letter not posted', { letter, subscriberId: id, error });
  }
}
