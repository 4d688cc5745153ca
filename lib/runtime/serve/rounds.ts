import type { Config } from '../../config/schema.ts';
import type { Logger } from '../../log.ts';
import { DAY, MINUTE } from '../../time.ts';
import type { Clock } from '../../types.ts';
import type { Local } from '../local.ts';

export interface RoundDeps {
  readonly local: Pick<Local, 'app' | 'idle' | 'resume'>;
  readonly config: Pick<Config, 'collect' | 'edition'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Takes in what the mail service tells of mails, where it does. */
  readonly events?: () => Promise<unknown>;
}

/** How often what broke off is looked for, when nothing was sent. */
const SWEEP = 15 * MINUTE;

/**
 * The pipeline by one process's own clock. Each round does what is due: reads feeds, publishes, mails, repairs, tidies. A step
 * that fails is logged and keeps no other waiting; what rounds were missed is made up for within `sendWithinHours`.
 */
export function createRounds({ local, config, clock, log, events }: RoundDeps): () => Promise<void> {
  const { app } = local;
  const tidy = async () => log.info('tidied', { ...(await app.tidy()) });
  const collect = async () => {
    const collected = await app.collect();
    log.info('collected', { ...collected, failed: collected.failed.length });
  };
  const every = { collect: config.collect.everyMinutes * MINUTE, sweep: SWEEP, tidy: DAY };
  const last: Record<keyof typeof every, number> = { collect: 0, sweep: 0, tidy: 0 };
  const due = (what: keyof typeof every) => {
    const now = clock().getTime();
    // A clock that was ahead and is set right again must not keep things waiting until it is there once more.
    if (now >= last[what] && now - last[what] < every[what]) return false;
    last[what] = now;
    return true;
  };
  const step = (name: string, work: () => Promise<unknown>) =>
    work().catch((error: unknown) => log.error(`${name} failed`, { error }));

  async function publish(): Promise<void> {
    const { editions } = await app.publish({
      at: clock().toISOString(),
      withinHours: config.edition.sendWithinHours,
    });
    for (const edition of editions) if (edition.outcome !== 'already') log.info('edition', { ...edition });
  }

  /** Waits for all mail, so that a repair never meets what is under way. */
  async function mail(): Promise<boolean> {
    const results = await local.idle();
    for (const { retry: _, ...result } of results) log.info('delivered', result);
    return results.length > 0;
  }

  async function repair(): Promise<void> {
    const swept = await app.sweep();
    if (swept.editions > 0) log.info('swept', { ...swept });
  }

  return async () => {
    if (events) await step('reading mail events', events);
    if (due('tidy')) await step('tidying', tidy);
    if (due('collect')) await step('collecting', collect);
    await step('letters', local.resume);
    await step('publishing', publish);
    if ((await mail()) || due('sweep')) await step('repairing', repair);
    await mail();
  };
}
