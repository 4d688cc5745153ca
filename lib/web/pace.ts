import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `work` and answers at a multiple of `stepMs` after the start, also when it fails: how long it took does not show.
 * Time by the process' own clock.
 */
export async function atPace<T>(stepMs: number, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    const spent = performance.now() - start;
    if (stepMs > 0) await wait(Math.ceil(spent / stepMs) * stepMs - spent);
  }
}
