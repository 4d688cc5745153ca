import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
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
  const FunctionName = await functionNamed(client, name);
  const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}

/** Changes variables of a deployed function past the CDK, as a fault would, and gives what they were. */
export async function disturb(emulator: Ministack, name: string, change: Readonly<Record<string, string>>) {
  const client = new LambdaClient(clientConfig(emulator));
  const before = await environmentOf(emulator, name);
  const FunctionName = await functionNamed(client, name);
  const Environment = { Variables: { ...before, ...change } };
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment }));
  return before;
}

async function functionNamed(client: LambdaClient, name: string): Promise<string | undefined> {
  const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
  return Functions.find(({ FunctionName }) => FunctionName?.includes(`-${name}`))?.FunctionName;
}

/** Puts a message of any kind into a queue. */
export async function poison(emulator: Ministack, queueUrl: string, body: string): Promise<void> {
  const client = new SQSClient(clientConfig(emulator));
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
}

/** Gives the messages of one queue to another, as a redrive of dead letters does; the emulator knows no such task. */
export async function redrive(emulator: Ministack, from: string, to: string): Promise<number> {
  const client = new SQSClient(clientConfig(emulator));
  for (let moved = 0; ; moved += 1) {
    const { Messages: [message] = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: from }));
    if (!message) return moved;
    await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: message.Body }));
    await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: message.ReceiptHandle }));
  }
}

/** Lets what a queue hands out come round every second instead of every quarter of an hour. */
export async function hurry(emulator: Ministack, queueUrl: string): Promise<void> {
  const client = new SQSClient(clientConfig(emulator));
  await client.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { VisibilityTimeout: '1' } }));
}

/** Messages waiting or in work, by the name that the stack gave the queue. */
export async function queued(emulator: Ministack, name: string): Promise<number> {
  const client = new SQSClient(clientConfig(emulator));
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  const QueueUrl = QueueUrls.find((url) => new RegExp(`-${name}[0-9A-F]{8}-`).test(url));
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Number(Attributes?.ApproximateNumberOfMessages) + Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
}
