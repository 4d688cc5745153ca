import type { PublishResult } from '../lib/delivery/publish.ts';
import { publishTick, tickTime } from '../lib/runtime/aws/tick.ts';
import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('publish', import.meta.url);

/** Started by the schedule, with the time it is for, or by hand: `dispatches run --stage` tells what it gives. */
export async function handler(event: unknown): Promise<PublishResult> {
  return publishTick(await runtime(), tickTime(event));
}
