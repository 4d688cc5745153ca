import type { Job } from './model.ts';
import type { JobQueue } from './ports.ts';
import { type DeliverResult, emptyResult } from './result.ts';

/**
 * Hands what is left of a job to the queue as a new one, so that waiting uses up none of the receives after which the
 * queue sets a job aside.
 * @returns `retry` when the queue took it not
 */
export async function postpone(
  { queue }: { readonly queue: JobQueue },
  job: Job,
  delaySeconds: number,
  result = emptyResult(),
): Promise<DeliverResult> {
  const left = await queue.enqueue([job], delaySeconds);
  const mails = job.kind === 'edition' ? job.subscriberIds.length : 1;
  return left.length > 0 ? { ...result, retry: true } : { ...result, postponed: mails };
}
