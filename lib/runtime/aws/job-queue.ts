import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as v from 'valibot';
import type { Job } from '../../delivery/model.ts';
import type { JobQueue } from '../../delivery/ports.ts';
import { InputError } from '../../errors.ts';
import type { Logger } from '../../log.ts';

/** The most that SQS takes in one request. */
const BATCH = 10;

const jobSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('edition'), editionId: v.string(), subscriberIds: v.array(v.string()) }),
  v.strictObject({
    kind: v.literal('letter'),
    letter: v.picklist(['confirm', 'welcome', 'goodbye']),
    subscriberId: v.string(),
    nonce: v.string(),
  }),
]);

/** The queue of each kind of job; absent: this function hands out none of them. */
export type QueueUrls = Readonly<Record<Job['kind'], string | undefined>>;

/**
 * Jobs as SQS messages, editions and letters apart: a letter does not wait behind a digest for everybody. What SQS
 * refuses, one by one or as a batch, is returned, never thrown.
 */
export function sqsQueue(client: SQSClient, urls: QueueUrls, log: Logger): JobQueue {
  async function send(jobs: readonly Job[], QueueUrl: string, DelaySeconds: number): Promise<readonly Job[]> {
    const Entries = jobs.map((job, index) => ({ Id: String(index), MessageBody: JSON.stringify(job), DelaySeconds }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const refused = new Set(Failed.map(({ Id }) => Id));
    return jobs.filter((_, index) => refused.has(String(index)));
  }

  async function sendAll(jobs: readonly Job[], url: string, delaySeconds: number): Promise<readonly Job[]> {
    const refused: Job[] = [];
    for (let start = 0; start < jobs.length; start += BATCH) {
      const batch = jobs.slice(start, start + BATCH);
      try {
        refused.push(...(await send(batch, url, delaySeconds)));
      } catch (error) {
        log.warn('the queue took no jobs', { jobs: batch.length, error });
        refused.push(...batch);
      }
    }
    return refused;
  }

  return {
    async enqueue(jobs, delaySeconds = 0) {
      const refused: Job[] = [];
      for (const [kind, same] of Map.groupBy(jobs, (job) => job.kind)) {
        const url = urls[kind];
        if (!url) throw new Error(`this function hands out no jobs of the kind "${kind}"`);
        refused.push(...(await sendAll(same, url, delaySeconds)));
      }
      return refused;
    },
  };
}

/**
 * The job in a message.
 * @throws InputError when it is none: let the queue set it aside
 */
export function decodeJob(body: string): Job {
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), jobSchema), body);
  if (success) return output;
  throw new InputError('A message in the job queue is no job.', 'Look at what else writes to that queue.');
}
