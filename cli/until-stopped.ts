import { once } from 'node:events';

/** Resolves when the person presses Ctrl-C or the system asks the process to end. */
export async function untilStopped(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  process.stdout.write('\nStopped.\n');
}
