import { type SmtpServer, startSmtp } from '../../support/smtp-server.ts';
import { setUpMachine } from './machine.ts';

export interface Verdict {
  readonly kills: number;
  /** Kills that came between the end of a message and the process's note that it was taken. */
  readonly inDoubt: number;
  readonly readers: number;
  readonly mails: number;
  /** Readers who got it more than once. */
  readonly duplicates: number;
  /** Readers who got nothing although the ledger does not say that it is in doubt. */
  readonly lost: number;
  /** Readers in doubt who got it after all. */
  readonly doubtedButSent: number;
}

export interface KillOptions {
  readonly readers: number;
  readonly kills: number;
  readonly random: () => number;
}

/** What one mail says to the relay: MAIL, RCPT, DATA, the message. */
const STEPS = 4;

/**
 * Kills `dispatches serve` (SIGKILL) again and again while it mails, each time after the relay heard some more of it, before
 * or after the relay's answer; then lets it finish, and counts.
 */
export async function killAgainAndAgain({ readers, kills, random }: KillOptions): Promise<Verdict> {
  let done = 0;
  let next = Number.POSITIVE_INFINITY;
  let kill: () => Promise<unknown> = async () => undefined;
  const relay: SmtpServer = await startSmtp(async ({ count }) => {
    if (count < next) return undefined;
    next = Number.POSITIVE_INFINITY;
    done += 1;
    // Half of them die before the answer, the others a moment after it.
    if (random() < 0.5) await kill();
    else setTimeout(() => void kill(), random() * 4);
    return undefined;
  });
  const machine = await setUpMachine({ readers, mail: { smtp: { host: '127.0.0.1', port: relay.port } } });
  let heard = 0;
  try {
    while (done < kills) {
      // Early enough that there is mail left for the kills to come.
      heard += 1 + Math.floor(random() * ((STEPS * readers) / kills));
      next = heard;
      const running = await machine.start();
      kill = () => running.stop('SIGKILL');
      await running.ended;
    }
    const last = await machine.start();
    await last.logged('delivered');
    await last.stop('SIGTERM');
    return count(await machine.ledger(), relay, readers, done);
  } finally {
    await machine.close();
    await relay.close();
  }
}

function count(
  ledger: Awaited<ReturnType<Awaited<ReturnType<typeof setUpMachine>>['ledger']>>,
  relay: SmtpServer,
  readers: number,
  kills: number,
): Verdict {
  const got = Map.groupBy(relay.mails, ({ to }) => to);
  const uncertain = ledger.filter(({ status }) => status === 'uncertain').length;
  const missing = readers - got.size;
  const settled = ledger.filter(({ status }) => status === 'sent').length;
  return {
    ...{ kills, readers, inDoubt: uncertain, mails: relay.mails.length },
    duplicates: [...got.values()].filter((mails) => mails.length > 1).length,
    lost: readers - settled - uncertain,
    doubtedButSent: uncertain - missing,
  };
}
