import type { Job, OutgoingMail, SendOutcome } from '../../lib/delivery/model.ts';
import type { JobQueue, MailTransport } from '../../lib/delivery/ports.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import type { Clock, Instant } from '../../lib/types.ts';

export interface World {
  readonly stores: Stores;
  readonly clock: Clock;
  /** Moves the clock on. */
  pass(seconds: number): void;
  readonly queue: JobQueue;
  /** What the queue was given and nobody took yet. */
  readonly jobs: Job[];
  readonly transport: MailTransport;
  /** What the transport was given, in order. */
  readonly mails: OutgoingMail[];
  close(): void;
}

export interface WorldOptions {
  readonly now: Instant;
  /** What the mail service says to the mail with this number (1 is the first). Default: sent. */
  readonly answer?: (mail: OutgoingMail, number: number) => SendOutcome;
}

/**
 * Everything that use cases need, without a network: stores in memory, a clock that stands still, a queue and a mail
 * transport that are arrays.
 */
export function createWorld({ now, answer = accept }: WorldOptions): World {
  const { close, ...stores } = openSqlite(':memory:');
  const jobs: Job[] = [];
  const mails: OutgoingMail[] = [];
  let time = Date.parse(now);
  return {
    stores,
    clock: () => new Date(time),
    pass(seconds) {
      time += seconds * 1000;
    },
    jobs,
    queue: {
      async enqueue(more) {
        jobs.push(...more);
        return [];
      },
    },
    mails,
    transport: {
      async send(mail) {
        return answer(mail, mails.push(mail));
      },
    },
    close,
  };
}

function accept(_mail: OutgoingMail, number: number): SendOutcome {
  return { kind: 'sent', messageId: `message-${number}` };
}
