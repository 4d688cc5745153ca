import { GetQueueAttributesCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { StageSettings } from '../../lib/config/schema.ts';
import { askingAws, clientConfig } from './clients.ts';
import { stageOutputs } from './outputs.ts';

/** A queue of what was set aside, with what waits in it. */
export interface SetAside {
  readonly name: string;
  readonly arn: string;
  readonly messages: number;
}

/** Looks, asks by `agreed`, and sends everything back to the queue that it came from. Repeating that mails nobody twice. */
export async function redrive(
  settings: StageSettings,
  stage: string,
  agreed: (queues: readonly SetAside[]) => Promise<void>,
): Promise<readonly SetAside[]> {
  const outputs = await stageOutputs(settings, stage);
  const client = new SQSClient(clientConfig(settings));
  // Ticks are no messages of a queue: the next tick makes up for them.
  const urls = Object.entries(outputs).filter(([name]) => name.endsWith('DeadUrl') && name !== 'TicksDeadUrl');
  try {
    const all = await askingAws(() =>
      Promise.all(urls.map(([name, url]) => look(client, name.replace('DeadUrl', ''), url))),
    );
    const full = all.filter(({ messages }) => messages > 0);
    if (full.length > 0) await agreed(full);
    for (const { arn } of full) await askingAws(() => client.send(new StartMessageMoveTaskCommand({ SourceArn: arn })));
    return full;
  } finally {
    client.destroy();
  }
}

async function look(client: SQSClient, name: string, QueueUrl: string): Promise<SetAside> {
  const question = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const, 'QueueArn' as const] };
  const { Attributes = {} } = await client.send(new GetQueueAttributesCommand(question));
  return { name, arn: Attributes.QueueArn ?? '', messages: Number(Attributes.ApproximateNumberOfMessages ?? 0) };
}
