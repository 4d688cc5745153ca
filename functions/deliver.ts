import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage } from '../lib/runtime/aws/batch.ts';
import { decodeJob } from '../lib/runtime/aws/job-queue.ts';
import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('deliver', import.meta.url);

/** The longest that one send takes: the ledger's two writes at 4 tries of 3 s each, connecting, and SES's time-out. */
const SEND_MS = 40_000;

/** Fed by the job queue: sends mail. A job that asks for it, fails or finds no time goes back alone. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const { app, log } = await runtime();
  const hasTime = () => context.getRemainingTimeInMillis() >= SEND_MS;
  return eachMessage(event, { hasTime, log }, async (body) => {
    const { retry, ...result } = await app.deliver(decodeJob(body), { hasTime });
    log.info('delivered', result);
    return !retry;
  });
}
