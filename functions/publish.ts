import { tickTime } from '../lib/runtime/aws/tick.ts';
import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('publish', import.meta.url);

/** Started by the schedule: makes the editions that were due at `at`, then picks up what an earlier run left lying. */
export async function handler(event: unknown): Promise<void> {
  const { app, config, log } = await runtime();
  const at = tickTime(event);
  const { editions } = await app.publish({ at, withinHours: config.edition.sendWithinHours });
  for (const edition of editions) log.info('edition', { ...edition });
  log.info('swept', { ...(await app.sweep()) });
}
