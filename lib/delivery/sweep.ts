import type { EditionRecord, EditionStore } from '../editions/ports.ts';
import type { Logger } from '../log.ts';
import { pages } from '../pages.ts';
import { DAY } from '../time.ts';
import type { Clock, Instant } from '../types.ts';
import { eachApart } from './each-apart.ts';
import { enqueuePlanned, rows } from './enqueue.ts';
import type { Delivery } from './model.ts';
import type { DeliveryStore, JobQueue, SendingStore } from './ports.ts';
import { createReview, type Review } from './review.ts';
import { type Gate, leftBefore, readGate } from './sending.ts';

/**
 * What to do about a mail of which nobody knows whether SES took it. `resend-once`: when its event is overdue although
 * the others' events came, send it a second time. `at-most-once`: never; it stays `uncertain` for the operator.
 */
export type Policy = 'resend-once' | 'at-most-once';

export interface SweepDeps {
  readonly editions: EditionStore;
  readonly deliveries: DeliveryStore;
  readonly sending: SendingStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly log: Logger;
  /** Default: `resend-once`. */
  readonly policy?: Policy;
}

export interface SweepResult {
  /** Editions that were still open. */
  readonly editions: number;
  /** Rows handed to the queue again. */
  readonly requeued: number;
  /** Rows whose sender never came back. */
  readonly uncertain: number;
  /** Second attempts granted. */
  readonly resent: number;
  /** Rows whose time to leave is over. */
  readonly expired: number;
  readonly closed: number;
}

/** Longest life of an open edition: 48 hours to leave, and time for the operator. */
const OPEN_DAYS = 8;

/**
 * Repairs what broke off, in every open edition. Harmless at any time and any number of times.
 * @throws when all editions had their turn, if some could not be swept (`eachApart`)
 */
export async function sweep(deps: SweepDeps, input: { readonly now: Instant }): Promise<SweepResult> {
  const total = { editions: 0, requeued: 0, uncertain: 0, resent: 0, expired: 0, closed: 0 };
  const gate = await readGate(deps);
  const one = async (id: string) => {
    const record = await deps.editions.get(id);
    if (!record) return;
    const part = await sweepEdition(deps, record, gate, input.now);
    total.editions += 1;
    for (const key of ['requeued', 'uncertain', 'resent', 'expired', 'closed'] as const) total[key] += part[key];
  };
  const open = await openEditions(deps, input.now);
  await eachApart(open, one, (edition, error) => deps.log.error('edition not swept', { edition, error }));
  return total;
}

async function openEditions(deps: SweepDeps, now: Instant): Promise<readonly string[]> {
  const oldest = new Date(Date.parse(now) - OPEN_DAYS * DAY).toISOString();
  const open: string[] = [];
  for await (const page of pages((cursor) => deps.editions.list(50, cursor))) {
    open.push(...page.filter(({ status, dueAt }) => status !== 'closed' && dueAt >= oldest).map(({ id }) => id));
    if (page.some(({ dueAt }) => dueAt < oldest)) break;
  }
  return open;
}

async function sweepEdition(deps: SweepDeps, { edition, status }: EditionRecord, gate: Gate, now: Instant) {
  const over = now > edition.sendBy || leftBefore(gate, edition.dueAt);
  const review = createReview(now);
  let expired = 0;
  let uncertain = 0;
  for await (const row of rows(deps, edition.id)) {
    const moved = await repair(deps, row, { now, over, lost: review.leftBehind(row) });
    if (moved === 'expired') expired += 1;
    if (moved === 'uncertain') uncertain += 1;
    review.add(moved ? { ...row, status: moved, at: now } : row);
  }
  const shut = over || gate.stopped !== undefined;
  const resent = shut ? 0 : await resend(deps, review);
  const waits = resent > 0 || deps.queue.forgetful || review.stalled(gate.at);
  const again = !shut && status === 'planned' && waits;
  const requeued = again ? await enqueuePlanned(deps, edition.id) : 0;
  const closed = await close(deps, edition.id, status, review, over);
  return { requeued, uncertain, resent, expired, closed };
}

/** The only exit from a `sending` that nobody finishes is `uncertain`: it may have left. */
async function repair(
  deps: SweepDeps,
  row: Delivery,
  at: { readonly now: Instant; readonly over: boolean; readonly lost: boolean },
): Promise<'expired' | 'uncertain' | undefined> {
  const { editionId, subscriberId, attemptId } = row;
  const same = { editionId, subscriberId, from: [row.status], now: at.now, ...(attemptId && { attemptId }) };
  if (row.status === 'planned' && at.over)
    return (await deps.deliveries.settle({ ...same, to: 'expired' })) ? 'expired' : undefined;
  if (at.lost && (await deps.deliveries.settle({ ...same, to: 'uncertain', reason: 'the sender never came back' })))
    return 'uncertain';
  return undefined;
}

/** Grants second attempts to those whose event is overdue, if events arrive at all. */
async function resend(deps: SweepDeps, review: Review): Promise<number> {
  const overdue = review.overdue();
  if (overdue.length === 0) return 0;
  if (deps.policy === 'at-most-once' || !review.eventsArrive()) {
    deps.log.error('mails of which nobody knows whether they left', {
      edition: overdue[0]?.editionId,
      mails: overdue.length,
    });
    return 0;
  }
  let granted = 0;
  for (const { editionId, subscriberId, attemptId } of overdue) {
    const change = { editionId, subscriberId, from: ['uncertain'], to: 'planned', resent: true } as const;
    if (await deps.deliveries.settle({ ...change, now: review.now, ...(attemptId && { attemptId }) })) granted += 1;
  }
  return granted;
}

/** Done when nobody is left to send to and nothing is left to find out. */
async function close(
  deps: SweepDeps,
  id: string,
  status: EditionRecord['status'],
  review: Review,
  over: boolean,
): Promise<number> {
  const { planned, sending, uncertain } = review.counts;
  const open = planned + sending + (over ? 0 : uncertain);
  if (open > 0 || status === 'closed' || (status === 'composed' && !over)) return 0;
  if (status === 'composed') deps.log.error('an edition never left', { edition: id });
  return (await deps.editions.advance(id, status, 'closed', review.rows)) ? 1 : 0;
}
