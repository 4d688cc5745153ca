import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Logger } from '../../log.ts';

export interface BatchOptions {
  /** What is left of the invocation, in milliseconds, must be at least this for a message to be begun. */
  readonly needsMs: number;
  readonly log: Logger;
}

/**
 * Works off the messages of one SQS batch one by one. `work` says whether its message is done; one that is not, that
 * threw or that was not begun for lack of time goes back to the queue alone, the others are gone.
 */
export async function eachMessage(
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  { needsMs, log }: BatchOptions,
  work: (body: string) => Promise<boolean>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body, attributes } of event.Records) {
    const done = context.getRemainingTimeInMillis() >= needsMs && (await attempt(work, body, log));
    if (done) continue;
    batchItemFailures.push({ itemIdentifier: messageId });
    log.warn('message goes back to the queue', { messageId, receives: Number(attributes.ApproximateReceiveCount) });
  }
  return { batchItemFailures };
}

async function attempt(work: (body: string) => Promise<boolean>, body: string, log: Logger): Promise<boolean> {
  try {
    return await work(body);
  } catch (error) {
    log.error('message failed', { error });
    return false;
  }
}
