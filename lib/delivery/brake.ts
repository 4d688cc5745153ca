import { DAY } from '../time.ts';
import type { Clock } from '../types.ts';
import type { Tally } from './model.ts';
import type { SendingStore } from './ports.ts';

interface TallyDeps {
  readonly sending: Pick<SendingStore, 'count' | 'tally'>;
  readonly clock: Clock;
}

/** Amazon reviews an account from these rates on (SES developer guide, "Reputation metrics"). */
const RATES = { bounced: 0.05, complained: 0.001 } as const;
/** Fewer say nothing about the rest: one complaint among a hundred readers is no trend. */
const FEWEST = { bounced: 10, complained: 3 } as const;

/** Adds to today's tally (UTC). After a resume, that is another epoch, it starts anew. */
export function countMails({ sending, clock }: TallyDeps, epoch: number, more: Partial<Tally>): Promise<Tally> {
  return sending.count(period(epoch, clock().getTime()), more);
}

/** Today's and yesterday's mails together: what the brake goes by. */
export async function lately({ sending, clock }: TallyDeps, epoch: number): Promise<Tally> {
  const days = [clock().getTime(), clock().getTime() - DAY];
  const tallies = await Promise.all(days.map((time) => sending.tally(period(epoch, time))));
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  return { sent: sum('sent'), bounced: sum('bounced'), complained: sum('complained'), delayed: sum('delayed') };
}

/** Why sending must stop, if so: at least 5 % (and 10) bounced for good, or 0.1 % (and 3) of the readers complained. */
export function brakeReason(tally: Tally): string | undefined {
  const over = (['complained', 'bounced'] as const).find(
    (kind) => tally[kind] >= FEWEST[kind] && tally[kind] >= RATES[kind] * tally.sent,
  );
  return over && `${tally[over]} of ${tally.sent} mails ${over} within two days`;
}

function period(epoch: number, time: number): string {
  return `${epoch} ${new Date(time).toISOString().slice(0, 10)}`;
}
