import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage } from '../lib/runtime/aws/batch.ts';
import { decodeJob } from '../lib/runtime/aws/job-queue.ts';
import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('deliver', import.meta.url);

/** A job has at most 50 readers; one that is begun with less time than this might be cut off between two of them. */
const JOB_MS = 60_000;

/** Fed by the job queue: sends mail. A job that asks for it, fails or finds no time goes back alone. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const { app, log } = await runtime();
  return eachMessage(event, context, { needsMs: JOB_MS, log }, async (body) => {
    const { retry, ...result } = await app.deliver(decodeJob(body));
    log.info('delivered', result);
    return !retry;
  });
}
