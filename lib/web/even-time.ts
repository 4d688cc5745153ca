import { setTimeout as wait } from 'node:timers/promises';
import type { SiteDeps } from './deps.ts';

const ANSWER_AFTER_MS = 400;

/**
 * Runs `work` and answers at a multiple of `answerAfterMs` after the start, also when it fails: how long it took does
 * not show. Time by the process' own clock.
 */
export async function inEvenTime<T>({ answerAfterMs = ANSWER_AFTER_MS }: SiteDeps, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    const spent = performance.now() - start;
    if (answerAfterMs > 0) await wait(Math.ceil(spent / answerAfterMs) * answerAfterMs - spent);
  }
}
