import { publishTick, tickTime } from '../lib/runtime/aws/tick.ts';
import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('publish', import.meta.url);

/** Started by the schedule, with the time it is for. */
export async function handler(event: unknown): Promise<void> {
  await publishTick(await runtime(), tickTime(event));
}
