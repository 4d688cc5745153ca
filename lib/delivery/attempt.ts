import { randomBytes } from 'node:crypto';

/** So many attempts of an edition have their SES event written down; more would cost a write per reader. */
const WITNESSES = 200;

/**
 * A new attempt id: letters, digits, `-` and `_` (it travels as an SES tag). One that starts with `w` is a witness: that
 * its event arrived is recorded, which is how `sweep` knows whether events arrive at all. All attempts of a small
 * edition are witnesses, and about 200 of a large one.
 */
export function newAttempt(audience = 0, random: () => number = Math.random): string {
  const witness = random() * audience < WITNESSES;
  return `${witness ? 'w' : 'a'}${randomBytes(12).toString('base64url')}`;
}

/** Whether the event of this attempt is written down. */
export function isWitness(attemptId: string | undefined): boolean {
  return attemptId?.startsWith('w') ?? false;
}
