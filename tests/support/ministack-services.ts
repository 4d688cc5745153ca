import {
  CreateScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { clientConfig, type Ministack } from './ministack.ts';

/** A mail that the emulated SES accepted. */
export interface ReceivedMail {
  readonly To: readonly string[];
  readonly Source: string;
  readonly Subject: string;
  readonly BodyText: string;
  readonly BodyHtml: string | null;
}

export async function receivedMails(emulator: Ministack): Promise<readonly ReceivedMail[]> {
  const answer = await fetch(`${emulator.url}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as { messages: Record<string, readonly ReceivedMail[]> };
  return Object.values(messages).flat();
}

export type Schedule = Omit<GetScheduleCommandOutput, '$metadata'>;

/** The deployed schedules, whole. */
export async function schedules(emulator: Ministack): Promise<readonly Schedule[]> {
  const client = new SchedulerClient(clientConfig(emulator));
  const { Schedules = [] } = await client.send(new ListSchedulesCommand({}));
  return Promise.all(Schedules.map(({ Name, GroupName }) => client.send(new GetScheduleCommand({ Name, GroupName }))));
}

/**
 * Makes a deployed schedule fire now, once, as if `at` were its due time: a one-time copy of it with the same target. The
 * emulator fires schedules, but hands over `<aws.scheduler.scheduled-time>` as it stands; AWS puts the time in its place.
 */
export async function fire(emulator: Ministack, schedule: Schedule, at: Date): Promise<void> {
  const client = new SchedulerClient(clientConfig(emulator));
  const { Target, GroupName } = schedule;
  await client.send(
    new CreateScheduleCommand({
      Name: `once-${crypto.randomUUID()}`,
      GroupName,
      ScheduleExpression: 'at(2000-01-01T00:00:00)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: Target && { ...Target, Input: inputAt(schedule, at) },
    }),
  );
}

/** What the schedule hands to its function at this time. */
export function inputAt({ Target }: Schedule, at: Date): string {
  const due = at.toISOString().replace(/\.\d+Z$/, 'Z');
  return (Target?.Input ?? '{}').replaceAll('<aws.scheduler.scheduled-time>', due);
}

/** Stops a deployed schedule from firing by itself, so that a test decides when. */
export async function disable(emulator: Ministack, schedule: Schedule): Promise<void> {
  const { Name, GroupName, ScheduleExpression, Target } = schedule;
  await new SchedulerClient(clientConfig(emulator)).send(
    new UpdateScheduleCommand({
      ...{ Name, GroupName, ScheduleExpression, Target },
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'DISABLED',
    }),
  );
}

/** ARNs of the secrets that are there. */
export async function secretsOf(emulator: Ministack): Promise<readonly string[]> {
  const client = new SecretsManagerClient(clientConfig(emulator));
  const { SecretList = [] } = await client.send(new ListSecretsCommand({}));
  return SecretList.map(({ ARN = '' }) => ARN);
}

/** Publishes an event on the stack's one topic for mail, as SES would; the emulated SES publishes to no event destination. */
export async function publishMailEvent(emulator: Ministack, event: unknown): Promise<void> {
  const client = new SNSClient(clientConfig(emulator));
  const { Topics = [] } = await client.send(new ListTopicsCommand({}));
  const TopicArn = Topics.find(({ TopicArn }) => TopicArn?.includes('-MailEvents'))?.TopicArn;
  await client.send(new PublishCommand({ TopicArn, Message: JSON.stringify(event) }));
}
