import type { Job } from '../delivery/model.ts';
import type { JobQueue } from '../delivery/ports.ts';
import type { DeliverResult } from '../delivery/result.ts';
import type { Logger } from '../log.ts';

export interface InlineQueue extends JobQueue {
  /** Resolves when every job handed over so far (and those they led to) is worked off; gives what became of them. */
  idle(): Promise<readonly DeliverResult[]>;
}

export interface InlineQueueOptions {
  readonly log: Logger;
  readonly pauseMs?: number;
  readonly stopping?: () => boolean;
}

/** Redeliveries of one job, as SQS has them; then its rows, and those of all that wait, stay planned, for the sweep. */
const MAX_TRIES = 5;

/**
 * A queue in this process: jobs are worked off one after the other, at once. What is lost when the process dies is still
 * `planned` in the ledger, so the next start's sweep brings it back.
 * @param pauseMs before a job that asked for it is tried again
 * @param stopping once it says yes, the jobs that wait are let go
 */
export function createInlineQueue(
  work: (job: Job) => Promise<DeliverResult>,
  { log, pauseMs = 1000, stopping = () => false }: InlineQueueOptions,
): InlineQueue {
  let running: Promise<void> = Promise.resolve();
  let results: DeliverResult[] = [];
  /** Rises when no mail can leave for now: what was handed over before is let go. */
  let era = 0;

  async function workOff(job: Job, from: number): Promise<void> {
    for (let attempt = 1; attempt <= MAX_TRIES && from === era && !stopping(); attempt += 1) {
      if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const result = await work(job).catch((error: unknown) => log.error('job failed', { kind: job.kind, error }));
      if (result) results.push(result);
      // One reader's mailbox has to wait, which is no reason for anybody else to.
      if (result?.retry && result.deferred > 0) return;
      if (result?.stopped || (result?.retry && attempt === MAX_TRIES)) era += 1;
      if (result && !result.retry) return;
    }
  }

  return {
    forgetful: true,
    async enqueue(jobs, delaySeconds = 0) {
      if (delaySeconds > 0) return jobs;
      const from = era;
      for (const job of jobs) running = running.then(() => workOff(job, from));
      return [];
    },
    async idle() {
      for (let seen: Promise<void> | undefined; seen !== running; ) {
        seen = running;
        await seen;
      }
      const done = results;
      results = [];
      return done;
    },
  };
}
