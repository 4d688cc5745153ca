import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { decodeSesEvent } from '../lib/delivery/ses-event.ts';
import { eachMessage } from '../lib/runtime/aws/batch.ts';
import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('feedback', import.meta.url);

/** Time in which one event is surely recorded. */
const EVENT_MS = 2_000;

/** Fed by SES through SNS and a queue: records what became of mails. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const { app, env, log } = await runtime();
  const hasTime = () => context.getRemainingTimeInMillis() >= EVENT_MS;
  return eachMessage(event, { hasTime, log }, async (body) => {
    for (const mailEvent of decodeSesEvent(body, { configurationSet: env.CONFIGURATION_SET }))
      await app.feedback(mailEvent);
    return true;
  });
}
