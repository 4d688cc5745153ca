import type { Logger } from '../log.ts';
import { pages } from '../pages.ts';
import type { Delivery, Job } from './model.ts';
import type { DeliveryStore, JobQueue } from './ports.ts';

export interface EnqueueDeps {
  readonly deliveries: Pick<DeliveryStore, 'page'>;
  readonly queue: JobQueue;
  readonly log: Logger;
}

/** Readers per job: small enough for one invocation at one send a second, large enough for few messages. */
const JOB_SIZE = 50;
/** Jobs handed over at once; bounds memory for editions of any size. */
const BATCH = 20;

/** All ledger rows of an edition. */
export async function* rows(deps: Pick<EnqueueDeps, 'deliveries'>, editionId: string): AsyncGenerator<Delivery> {
  for await (const page of pages((cursor) => deps.deliveries.page(editionId, cursor))) yield* page;
}

/**
 * Hands every `planned` row to the queue: the ledger says what is left to do, never a position in a list.
 * @returns how many rows. What the queue did not take stays `planned`, for the sweep.
 */
export async function enqueuePlanned(deps: EnqueueDeps, editionId: string): Promise<number> {
  let ids: string[] = [];
  let total = 0;
  for await (const row of rows(deps, editionId)) {
    if (row.status !== 'planned') continue;
    total += ids.push(row.subscriberId) > 0 ? 1 : 0;
    if (ids.length < JOB_SIZE * BATCH) continue;
    await hand(deps, editionId, ids);
    ids = [];
  }
  await hand(deps, editionId, ids);
  return total;
}

async function hand(deps: EnqueueDeps, editionId: string, ids: readonly string[]): Promise<void> {
  const jobs: Job[] = [];
  for (let start = 0; start < ids.length; start += JOB_SIZE)
    jobs.push({ kind: 'edition', editionId, subscriberIds: ids.slice(start, start + JOB_SIZE) });
  if (jobs.length === 0) return;
  const left = await deps.queue.enqueue(jobs);
  if (left.length > 0) deps.log.warn('the queue did not take all jobs', { edition: editionId, jobs: left.length });
}
