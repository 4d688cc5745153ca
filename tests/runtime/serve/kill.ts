import type { Delivery } from '../../../lib/delivery/model.ts';
import { setUpMachine } from './machine.ts';
import type { Hear, Service } from './services.ts';

export interface Verdict {
  readonly kills: number;
  readonly readers: number;
  /** Mails that the service took. */
  readonly mails: number;
  /** Readers of whom the ledger says in the end that nobody knows. */
  readonly inDoubt: number;
  /** Of these, readers who got it. */
  readonly doubtedButSent: number;
  /** Readers who got it more than once. */
  readonly duplicates: number;
  /** Readers who got nothing although the ledger does not say that it is in doubt. */
  readonly lost: number;
}

export interface KillOptions {
  readonly readers: number;
  readonly kills: number;
  readonly random: () => number;
  readonly service: (heard: Hear) => Promise<Service>;
}

/**
 * Kills `dispatches serve` (SIGKILL) again and again while it mails, each time after the mail service heard some more of it,
 * before or after the service's answer; then lets it finish, and counts.
 */
export async function killAgainAndAgain({ readers, kills, random, service: start }: KillOptions): Promise<Verdict> {
  let done = 0;
  let next = Number.POSITIVE_INFINITY;
  let kill: () => Promise<unknown> = async () => undefined;
  let heard = 0;
  const service = await start(async (count) => {
    heard = count;
    if (count < next) return;
    next = Number.POSITIVE_INFINITY;
    done += 1;
    // Half of them die before the answer, the others a moment after it.
    if (random() < 0.5) await kill();
    else setTimeout(() => void kill(), random() * 4);
  });
  const machine = await setUpMachine({ readers, mail: service.mail, env: service.env });
  try {
    for (let left = kills; left > 0; left -= 1) {
      // Early enough that there is mail left for the kills to come.
      next = heard + 1 + Math.floor(random() * ((service.steps * readers) / kills - 1));
      const running = await machine.start();
      kill = () => running.stop('SIGKILL');
      await Promise.race([running.ended, running.logged('caught up')]);
      await running.stop('SIGKILL');
    }
    const last = await machine.start();
    await last.logged('caught up');
    await last.stop('SIGTERM');
    return verdictOf(await machine.ledger(), service.taken, { readers, kills: done });
  } finally {
    await machine.close();
    await service.close();
  }
}

function verdictOf(
  ledger: readonly Delivery[],
  taken: readonly string[],
  run: { readonly readers: number; readonly kills: number },
): Verdict {
  const got = Map.groupBy(taken, (to) => to);
  const inDoubt = ledger.filter(({ status }) => status === 'uncertain').length;
  const sent = ledger.filter(({ status }) => status === 'sent').length;
  return {
    ...{ ...run, mails: taken.length, inDoubt },
    doubtedButSent: inDoubt - (run.readers - got.size),
    duplicates: [...got.values()].filter((mails) => mails.length > 1).length,
    lost: run.readers - sent - inDoubt,
  };
}
