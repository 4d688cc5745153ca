import { DispatchesError, messageOf } from '../../lib/errors.ts';

/** What one check found, in one line; `fix` says what to do about it. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'failure' | 'skipped';
  readonly says: string;
  readonly fix?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, state: 'ok', says });
export const skipped = (check: string, says: string): Finding => ({ check, state: 'skipped', says });
export const warning = (check: string, says: string, fix: string): Finding => ({ check, state: 'warning', says, fix });
export const failure = (check: string, says: string, fix: string): Finding => ({ check, state: 'failure', says, fix });

/** Runs checks; what they throw is a finding too, so that one that cannot be made hides no other. */
export async function attempt(check: string, work: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await work();
  } catch (error) {
    const says = messageOf(error).replaceAll('\n', ' ');
    return [failure(check, says, error instanceof DispatchesError ? error.advice : 'Try again.')];
  }
}
