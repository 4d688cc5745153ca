import type { Outcome } from './simulate.ts';

/** What one run came to, in the terms of `docs/reliability.md`. */
export interface Verdict {
  /** Readers who got the edition more than once. */
  readonly duplicates: number;
  /** Readers who got nothing although nothing in the ledger says so. */
  readonly silentLosses: number;
  /** Readers of whom the ledger says openly: nobody knows, or it did not leave in time. */
  readonly visible: number;
  /** Rows that say something else than what SES did. */
  readonly wrong: number;
  /** Rows still under way, or an edition not closed, or books that do not balance. */
  readonly unfinished: number;
  readonly afterLeaving: number;
}

export function verdict(outcome: Outcome): Verdict {
  const { accepted, editions, readerIds, rows } = outcome;
  const rowOf = new Map(rows.map((row) => [row.subscriberId, row]));
  const status = (id: string) => rowOf.get(id)?.status;
  const mails = (id: string) => accepted.get(id) ?? 0;
  const count = (holds: (id: string) => boolean) => readerIds.filter(holds).length;
  const known = ['uncertain', 'expired'];
  const open = rows.filter(({ status: is }) => is === 'planned' || is === 'sending').length;
  const closed = editions.every(({ status: is }) => is === 'closed') && editions.length === outcome.expected;
  const balanced = closed && editions.reduce((sum, { audience = 0 }) => sum + audience, 0) === rows.length;
  return {
    duplicates: count((id) => mails(id) > 1),
    silentLosses: count((id) => mails(id) === 0 && id !== outcome.leaverId && !known.includes(status(id) ?? 'none')),
    visible: count((id) => status(id) === 'uncertain' || status(id) === 'expired'),
    wrong: count((id) => mails(id) > 0 !== (status(id) === 'sent') && status(id) !== 'uncertain'),
    unfinished: open + (balanced ? 0 : 1),
    afterLeaving: outcome.afterLeaving,
  };
}

/** What must never be: everything but openly unknown. */
export function faults(v: Verdict): number {
  return v.duplicates + v.silentLosses + v.wrong + v.unfinished + v.afterLeaving;
}
