import { randomBytes } from 'node:crypto';
import type { Keys } from '../subscriptions/identity.ts';
import { createToken, readToken } from '../subscriptions/token.ts';
import { DAY } from '../time.ts';

const LIFE_MS = DAY;
/** Nobody types an address and chooses in less. */
const MIN_FILL_MS = 2_000;

/** Stands in the form and says when it was shown. Signed, so that nobody makes one up. */
export function createFormToken(keys: Keys, now: Date): string {
  const until = new Date(now.getTime() + LIFE_MS);
  return createToken(keys, { purpose: 'form', subject: randomBytes(6).toString('hex'), until });
}

/** Whether the form was shown by us, at least two seconds and at most a day ago. */
export function isHumanPace(keys: Keys, token: string | undefined, now: Date): boolean {
  const until = readToken(keys, 'form', token ?? '', now)?.until;
  return until !== undefined && now.getTime() >= until.getTime() - LIFE_MS + MIN_FILL_MS;
}
