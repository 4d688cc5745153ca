import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('collect', import.meta.url);

/** Started by the schedule: reads the feeds that are due. */
export async function handler(): Promise<void> {
  const { app, log } = await runtime();
  const { failed, ...counts } = await app.collect();
  log.info('collected', { ...counts, failed: failed.length });
}
