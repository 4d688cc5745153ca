import { DeleteMessageCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MailEvent } from '../../delivery/model.ts';
import { decodeSesEvent } from '../../delivery/ses-event.ts';
import type { Logger } from '../../log.ts';

export interface EventsDeps {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly configurationSet?: string | undefined;
  readonly record: (event: MailEvent) => Promise<void>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Takes in all SES events that wait. One that cannot be recorded comes back, and ends in the dead letters. */
export async function readEvents(deps: EventsDeps): Promise<number> {
  let taken = 0;
  for (;;) {
    const question = new ReceiveMessageCommand({ QueueUrl: deps.queueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await deps.client.send(question, { abortSignal: deps.signal });
    for (const message of Messages) taken += (await take(deps, message)) ? 1 : 0;
    if (Messages.length === 0) return taken;
  }
}

async function take(deps: EventsDeps, { Body = '', ReceiptHandle }: Message): Promise<boolean> {
  try {
    const { configurationSet } = deps;
    for (const event of decodeSesEvent(Body, configurationSet === undefined ? {} : { configurationSet }))
      await deps.record(event);
  } catch (error) {
    deps.log.error('mail event failed', { error });
    return false;
  }
  await deps.client.send(new DeleteMessageCommand({ QueueUrl: deps.queueUrl, ReceiptHandle }));
  return true;
}
