import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { clientConfig, type Ministack } from './ministack.ts';
import { inputAt, type Schedule } from './ministack-services.ts';

/** Runs the function of a schedule as the schedule would at `at`, and waits for its end. */
export async function runNow(emulator: Ministack, schedule: Schedule, at: Date): Promise<void> {
  const client = new LambdaClient(clientConfig(emulator));
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: schedule.Target?.Arn, Payload: Buffer.from(inputAt(schedule, at)) }),
  );
  if (FunctionError) throw new Error(`${FunctionError}: ${Buffer.from(Payload ?? []).toString()}`);
}

/** The environment of a deployed function. */
export async function environmentOf(emulator: Ministack, name: string): Promise<Readonly<Record<string, string>>> {
  const client = new LambdaClient(clientConfig(emulator));
  const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
  const FunctionName = Functions.find(({ FunctionName }) => FunctionName?.includes(`-${name}`))?.FunctionName;
  const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}

/** Puts a message of any kind into a queue and lets it come round every second instead of every quarter of an hour. */
export async function poison(emulator: Ministack, queueUrl: string, body: string): Promise<void> {
  const client = new SQSClient(clientConfig(emulator));
  await client.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { VisibilityTimeout: '1' } }));
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
}

/** Messages waiting or in work, by the name that the stack gave the queue. */
export async function queued(emulator: Ministack, name: string): Promise<number> {
  const client = new SQSClient(clientConfig(emulator));
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  const QueueUrl = QueueUrls.find((url) => new RegExp(`-${name}[0-9A-F]{8}-`).test(url));
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Number(Attributes?.ApproximateNumberOfMessages) + Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
}
