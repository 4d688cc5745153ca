import { HOUR, MINUTE } from '../time.ts';
import type { Instant } from '../types.ts';
import { isWitness } from './attempt.ts';
import type { Delivery, DeliveryStatus } from './model.ts';

/** What the sweep learns of an edition while it reads its rows once. */
export interface Review {
  readonly now: Instant;
  readonly counts: Readonly<Record<DeliveryStatus, number>>;
  readonly rows: number;
  add(row: Delivery): void;
  /** In `sending` for longer than any send lasts. */
  leftBehind(row: Delivery): boolean;
  /**
   * `planned` rows wait, and no row has moved for a while: their jobs are lost or in the dead letter queue. Or none has
   * moved since sending was switched on, at `onSince`: their jobs were let go before.
   */
  stalled(onSince: Instant): boolean;
  /** Uncertain for longer than events take, and not sent a second time yet. */
  overdue(): readonly Delivery[];
  /** Of the witnesses old enough, at least 99 % have their event, the newest among them. */
  eventsArrive(): boolean;
}

/** A send ends within 15 seconds and no invocation lives longer than this. Running out leads to `uncertain` only. */
const LEASE = 15 * MINUTE;
/** How long SES events may take before their absence means something. */
export const EVENTS_TAKE = 15 * MINUTE;
const STALL = 15 * MINUTE;
/** The queue need not be asked more often while SES refuses everything. */
const STALL_WHEN_STOPPED = HOUR;
const ENOUGH = 0.99;
/** Bounds memory when the event pipe is down; the rest has its turn at the next sweep. */
const MOST_AT_ONCE = 10_000;

/** Counts the rows of one edition and finds what is overdue, in one walk over its ledger. */
export function createReview(now: Instant): Review {
  const counts = { planned: 0, sending: 0, sent: 0, rejected: 0, uncertain: 0, suppressed: 0, expired: 0 };
  const overdue: Delivery[] = [];
  const witnesses = { seen: 0, unseen: 0, newest: '', newestSeen: false };
  let total = 0;
  let last: Delivery | undefined;
  const olderThan = (row: Delivery, span: number) => Date.parse(now) - Date.parse(row.at) >= span;

  function addWitness(row: Delivery): void {
    const seen = row.seen === true;
    witnesses[seen ? 'seen' : 'unseen'] += 1;
    if (row.at > witnesses.newest) Object.assign(witnesses, { newest: row.at, newestSeen: seen });
  }

  return {
    now,
    counts,
    get rows() {
      return total;
    },
    add(row) {
      counts[row.status] += 1;
      total += 1;
      if (!last || row.at > last.at) last = row;
      if (row.status === 'sent' && isWitness(row.attemptId) && olderThan(row, EVENTS_TAKE)) addWitness(row);
      const waits = row.status === 'uncertain' && !row.resent && olderThan(row, EVENTS_TAKE);
      if (waits && overdue.length < MOST_AT_ONCE) overdue.push(row);
    },
    leftBehind: (row) => row.status === 'sending' && olderThan(row, LEASE),
    stalled(onSince) {
      if (!last || counts.planned === 0) return false;
      if (last.at < onSince) return true;
      return olderThan(last, last.status === 'planned' && last.reason ? STALL_WHEN_STOPPED : STALL);
    },
    overdue: () => overdue,
    eventsArrive: () => witnesses.newestSeen && witnesses.seen >= ENOUGH * (witnesses.seen + witnesses.unseen),
  };
}
