import type { Logger } from '../log.ts';
import { HOUR, MINUTE } from '../time.ts';
import type { Clock } from '../types.ts';
import type { Quota } from './model.ts';
import type { MailTransport, SendingStore } from './ports.ts';

export interface PaceDeps {
  readonly transport: Pick<MailTransport, 'quota'>;
  readonly sending: Pick<SendingStore, 'reserve'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Waits, in milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** How fast editions may leave, for all senders together. Letters do not ask: room is left for them. */
export interface Pace {
  /**
   * Waits until one more mail may leave. `day`: the account's day is used up, but for what is kept for letters; `later`:
   * the wait would be too long.
   * @param left mails that its caller still has, this one included: bounds what is reserved ahead
   */
  turn(left: number): Promise<'now' | 'later' | 'day'>;
}

/** SES answers the question once a second and account: of several that start together most have to ask again. */
const ASK_AGAIN = 5_000;
/** Of the account's rate: the rest is for letters, and for clocks that differ. */
const SHARE = 0.9;
/** Of the account's day, and at least so many: somebody waits for letters. */
const FOR_LETTERS = { share: 0.02, least: 10 };
/** Room is reserved for so many seconds at once: few writes, and little is lost with a sender that dies. */
const AHEAD = 5;
/** A sender that is slower than its pace may use its room so much later. Milliseconds. */
const LATE = 5_000;
/** Whoever would wait longer lets go of its job: many are in line, or a clock is wrong. Milliseconds. */
const LONGEST_WAIT = 20_000;
/** No line is so long: who lets go at 20 seconds cannot make one. It was written by a clock that was ahead. Milliseconds. */
const NO_LINE = HOUR;

/** The pace of one process; what it shares with others is in the store. */
export function createPace(deps: PaceDeps): Pace {
  const quota = rememberQuota(deps);
  let room = { next: 0, until: 0, left: 0 };

  async function reserve(wanted: number, perSecond: number): Promise<void> {
    const left = Math.max(1, Math.min(wanted, Math.floor(perSecond * AHEAD)));
    const now = deps.clock().getTime();
    const line = await deps.sending.reserve(left, perSecond, now);
    const next = line - now > NO_LINE ? now : line;
    room = { next, left, until: next + (left * 1000) / perSecond + LATE };
  }

  return {
    async turn(wanted) {
      const allowed = await quota();
      if (!allowed) return 'now';
      if (allowed.left <= 0) return 'day';
      const perSecond = allowed.perSecond * SHARE;
      const now = deps.clock().getTime();
      if (room.left === 0 || now >= room.until || room.next - now > NO_LINE) await reserve(wanted, perSecond);
      const wait = room.next - deps.clock().getTime();
      if (wait > LONGEST_WAIT) return 'later';
      room = { ...room, next: room.next + 1000 / perSecond, left: room.left - 1 };
      if (wait > 0) await deps.pause(wait);
      allowed.left -= 1;
      return 'now';
    },
  };
}

/** What is left of the account, asked once a minute. Undefined: unlimited, or it was never answered. */
function rememberQuota({ transport, clock, log }: PaceDeps) {
  let known: { perSecond: number; left: number } | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  return async () => {
    const age = clock().getTime() - asked;
    if (!transport.quota || (age >= 0 && age < MINUTE)) return known;
    asked = clock().getTime();
    try {
      const quota = await transport.quota();
      known = { perSecond: quota.perSecond, left: leftOf(quota) };
      log.info('quota', { ...quota });
    } catch (error) {
      asked = clock().getTime() - MINUTE + ASK_AGAIN;
      log.warn('the mail service did not tell its quota', { error });
    }
    return known;
  };
}

function leftOf({ perDay, sentInDay }: Quota): number {
  if (perDay === Number.POSITIVE_INFINITY) return perDay;
  return perDay - sentInDay - Math.max(FOR_LETTERS.least, perDay * FOR_LETTERS.share);
}
