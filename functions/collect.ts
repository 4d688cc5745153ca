import type { CollectResult } from '../lib/feeds/collect.ts';
import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('collect', import.meta.url);

/** Started by the schedule, or by hand: reads the feeds that are due. */
export async function handler(): Promise<CollectResult> {
  const { app, log } = await runtime();
  const collected = await app.collect();
  log.info('collected', { ...collected, failed: collected.failed.length });
  return collected;
}
