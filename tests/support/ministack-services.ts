import type { Ministack } from './ministack.ts';

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

interface Schedule {
  readonly Name: string;
  readonly GroupName: string;
  readonly ScheduleExpression: string;
  readonly State: string;
  readonly Target: { readonly Arn: string; readonly RoleArn: string; readonly Input?: string };
}

/** The deployed schedules, whole. */
export async function schedules(emulator: Ministack): Promise<readonly Schedule[]> {
  const { Schedules } = await scheduler<{ Schedules: readonly Schedule[] }>(emulator, 'GET', '/schedules');
  return Promise.all(
    Schedules.map((one) => scheduler<Schedule>(emulator, 'GET', `/schedules/${one.Name}?groupName=${one.GroupName}`)),
  );
}

/**
 * Makes a deployed schedule fire now, once, as if `at` were its due time: a one-time copy of it with the same target. The
 * emulator fires schedules, but hands over `<aws.scheduler.scheduled-time>` as it stands; AWS puts the time in its place.
 */
export async function fire(emulator: Ministack, schedule: Schedule, at: Date): Promise<void> {
  const due = at.toISOString().replace(/\.\d+Z$/, 'Z');
  const Input = schedule.Target.Input?.replaceAll('<aws.scheduler.scheduled-time>', due);
  await scheduler(emulator, 'POST', `/schedules/once-${crypto.randomUUID()}`, {
    GroupName: schedule.GroupName,
    ScheduleExpression: 'at(2000-01-01T00:00:00)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: { ...schedule.Target, ...(Input && { Input }) },
  });
}

/** Stops the deployed schedule from firing by itself, so that a test decides when. */
export async function disable(emulator: Ministack, schedule: Schedule): Promise<void> {
  await scheduler(emulator, 'PUT', `/schedules/${schedule.Name}`, {
    ...schedule,
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'DISABLED',
  });
}

async function scheduler<T>(emulator: Ministack, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${emulator.url}${path}`, {
    method,
    headers: { authorization: credential(emulator, 'scheduler'), 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The scheduler answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Publishes an event on the topic that SES publishes on; the emulated SES does not publish to event destinations. */
export async function publishMailEvent(emulator: Ministack, topicArn: string, event: unknown): Promise<void> {
  const body = new URLSearchParams({ Action: 'Publish', TopicArn: topicArn, Message: JSON.stringify(event) });
  const headers = { authorization: credential(emulator, 'sns') };
  const answer = await fetch(emulator.url, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`SNS answered ${answer.status}: ${await answer.text()}`);
}

/** Tells the emulator which service and region a request is for; it checks no signatures. */
function credential({ env }: Ministack, service: string): string {
  return `AWS4-HMAC-SHA256 Credential=${env.AWS_ACCESS_KEY_ID}/20260101/${env.AWS_REGION}/${service}/aws4_request, SignedHeaders=host, Signature=none`;
}
