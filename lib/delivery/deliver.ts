import { deliverEdition, type EditionDeps } from './deliver-edition.ts';
import { deliverLetter, type LetterDeps } from './deliver-letter.ts';
import type { Job } from './model.ts';
import type { DeliverResult } from './result.ts';

export type { DeliverResult } from './result.ts';
export type DeliverDeps = EditionDeps & LetterDeps;

/**
 * Works off one job. Safe to repeat, late or at the same time as another: the ledger decides who sends.
 * @throws when a store fails or the job names an edition that is not there: let the queue redeliver it.
 */
export function deliver(deps: DeliverDeps, job: Job): Promise<DeliverResult> {
  return job.kind === 'edition' ? deliverEdition(deps, job) : deliverLetter(deps, job);
}
