import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Logger } from '../../log.ts';

export interface BatchOptions {
  /** Asked before each message: whether enough of the invocation is left to begin it. */
  readonly hasTime: () => boolean;
  readonly log: Logger;
}

/**
 * Works off the messages of one SQS batch one by one. `work` says whether its message is done; one that is not, that
 * threw or that was not begun for lack of time goes back to the queue alone, the others are gone.
 */
export async function eachMessage(
  event: SQSEvent,
  { hasTime, log }: BatchOptions,
  work: (body: string) => Promise<boolean>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body, attributes } of event.Records) {
    const done = hasTime() && (await attempt(work, body, log));
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
