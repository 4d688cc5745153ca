/** What became of the rows of one job. Rows that were neither sent nor settled are `planned` still. */
export interface DeliverResult {
  readonly sent: number;
  readonly rejected: number;
  readonly uncertain: number;
  readonly suppressed: number;
  readonly expired: number;
  /** Somebody else had them, or they were done. */
  readonly skipped: number;
  /** Not to be had for now, and planned again; the others of the job had their turn. */
  readonly deferred: number;
  /** Handed to the queue as a new job, for later: no receive of this one is used up. */
  readonly postponed: number;
  /** Ask the queue to deliver the job again: the new one could not be handed over. */
  readonly retry: boolean;
  /** Why nothing more can leave until the operator acts or the day's quota is new. */
  readonly stopped?: string;
}

/** A result while a job is worked on. */
export type Counts = { -readonly [key in keyof DeliverResult]: DeliverResult[key] };

/** All zeros, to count into. */
export function emptyResult(): Counts {
  const counts = {
    sent: 0,
    rejected: 0,
    uncertain: 0,
    suppressed: 0,
    expired: 0,
    skipped: 0,
    deferred: 0,
    postponed: 0,
  };
  return { ...counts, retry: false };
}
