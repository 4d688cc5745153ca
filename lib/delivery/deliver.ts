import { countMails } from './brake.ts';
import { deliverEdition, type EditionDeps } from './deliver-edition.ts';
import { deliverLetter, type LetterDeps } from './deliver-letter.ts';
import type { Job } from './model.ts';
import { postpone } from './postpone.ts';
import { type DeliverResult, emptyResult } from './result.ts';
import { type Gate, readGate } from './sending.ts';

export type { DeliverResult } from './result.ts';
export type DeliverDeps = EditionDeps & LetterDeps;

/** Seconds after which a letter looks again whether mail may leave; the most that SQS can wait. */
const LOOK_AGAIN = 900;

/**
 * Works off one job. Safe to repeat, late or at the same time as another: the ledger decides who sends.
 * @throws when a store fails or the job names an edition that is not there: let the queue redeliver it.
 */
export async function deliver(deps: DeliverDeps, job: Job): Promise<DeliverResult> {
  const gate = await readGate(deps);
  if (gate.stopped) return hold(deps, job, gate.stopped);
  const counts = emptyResult();
  try {
    return await (job.kind === 'edition' ? deliverEdition(deps, job, gate, counts) : deliverLetter(deps, job, counts));
  } finally {
    // Also when a store failed on the way: what left before has left.
    await tally(deps, gate, counts.sent);
  }
}

/** The rows of an edition wait in the ledger, for the sweep; a letter has nothing but its job. */
async function hold(deps: DeliverDeps, job: Job, stopped: string): Promise<DeliverResult> {
  deps.log.warn('sending is off', { reason: stopped, kind: job.kind });
  if (job.kind === 'edition') return { ...emptyResult(), stopped };
  return { ...(await postpone(deps, job, LOOK_AGAIN)), stopped };
}

/** That mails left must not be lost on a store that will not count them: then the brake sees too few, and is stricter. */
async function tally(deps: DeliverDeps, { epoch }: Gate, sent: number): Promise<void> {
  if (sent === 0) return;
  await countMails(deps, epoch, { sent }).catch((error: unknown) => deps.log.warn('mails not tallied', { error }));
}
