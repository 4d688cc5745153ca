import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('tidy', import.meta.url);

/** Started by the schedule, once a day: removes what is stored about readers and not needed any more. */
export async function handler(): Promise<void> {
  const { app, log } = await runtime();
  log.info('tidied', { ...(await app.tidy()) });
}
