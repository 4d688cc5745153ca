import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { StackOutputs } from '../../lib/config/outputs.ts';
import type { StageSettings } from '../../lib/config/schema.ts';
import { askingAws, clientConfig } from '../stage/clients.ts';
import { count } from '../terminal.ts';
import { type Finding, failure, ok } from './finding.ts';

type Names = Pick<StackOutputs, 'ScheduleGroup'> & Readonly<Record<string, string>>;

/** The clock of a stage: its schedules, and whether somebody switched one off. */
export async function checkSchedules(settings: StageSettings, { ScheduleGroup }: Names): Promise<readonly Finding[]> {
  const client = new SchedulerClient(clientConfig(settings));
  try {
    const { Schedules = [] } = await askingAws(() =>
      client.send(new ListSchedulesCommand({ GroupName: ScheduleGroup })),
    );
    const off = Schedules.filter(({ State }) => State !== 'ENABLED').map(({ Name }) => Name);
    const fix = 'Enable them in the EventBridge Scheduler console, or deploy the stage again.';
    if (Schedules.length === 0) return [failure('Schedules', `the group ${ScheduleGroup} has none`, fix)];
    if (off.length > 0) return [failure('Schedules', `switched off: ${off.join(', ')}`, fix)];
    return [ok('Schedules', `${Schedules.length} enabled`)];
  } finally {
    client.destroy();
  }
}

/** Jobs that failed again and again. */
export async function checkSetAside(settings: StageSettings, outputs: Names): Promise<readonly Finding[]> {
  const client = new SQSClient(clientConfig(settings));
  const queues = Object.entries(outputs).filter(([name]) => name.endsWith('DeadUrl'));
  try {
    const depths = await Promise.all(
      queues.map(async ([name, QueueUrl]) => {
        const question = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] };
        const { Attributes } = await askingAws(() => client.send(new GetQueueAttributesCommand(question)));
        return [name.replace('DeadUrl', ''), Number(Attributes?.ApproximateNumberOfMessages ?? 0)] as const;
      }),
    );
    const full = depths.filter(([, depth]) => depth > 0).map(([name, depth]) => `${name} ${depth}`);
    if (full.length === 0) return [ok('Set aside', `nothing in ${count(queues.length, 'queue')}`)];
    return [
      failure(
        'Set aside',
        full.join(', '),
        'See why (dispatches logs), mend it, then send them back: dispatches redrive.',
      ),
    ];
  } finally {
    client.destroy();
  }
}
