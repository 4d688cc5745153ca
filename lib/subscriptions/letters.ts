import { randomBytes } from 'node:crypto';
import type { Logger } from '../log.ts';
import type { ChangeDeps } from './change.ts';
import type { Letterbox } from './ports.ts';

export interface LetterDeps extends ChangeDeps {
  readonly letters: Letterbox;
  readonly log: Logger;
}

/** Tells letters of one kind to one reader apart. Letters, digits, `-` and `_`. */
export function newNonce(): string {
  return randomBytes(9).toString('base64url');
}

/** Posts a letter that the reader can do without: the change stands whether or not it leaves. */
export async function postCourtesy(deps: LetterDeps, letter: 'welcome' | 'goodbye', id: string): Promise<void> {
  try {
    await deps.letters.post(letter, id, newNonce());
  } catch (error) {
    deps.log.warn('letter not accepted by the queue', { letter, subscriberId: id, error });
  }
}
