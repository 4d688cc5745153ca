import { DAY, SECOND } from '../../time.ts';
import type { Clock } from '../../types.ts';
import { SesRefusal } from './protocol.ts';

/** What the account may send; past it, SES's own refusals. */
export interface AccountQuota {
  readonly perSecond: number;
  readonly perDay: number;
  readonly clock: Clock;
}

/** Counts the sends of an account as SES does: in the second and in the 24 hours before each. */
export function createMeter({ perSecond, perDay, clock }: AccountQuota) {
  let times: number[] = [];
  const within = (span: number) => times.filter((time) => clock().getTime() - time < span).length;
  return {
    /** @throws SesRefusal when one more is too much */
    count(): void {
      times = times.filter((time) => clock().getTime() - time < DAY);
      if (times.length >= perDay) throw new SesRefusal('Throttling', 'Daily message quota exceeded.');
      if (within(SECOND) >= perSecond) throw new SesRefusal('Throttling', 'Maximum sending rate exceeded.');
      times.push(clock().getTime());
    },
    answer: () => ({
      Max24HourSend: `${perDay}.0`,
      MaxSendRate: `${perSecond}.0`,
      SentLast24Hours: `${within(DAY)}.0`,
    }),
  };
}

export type Meter = ReturnType<typeof createMeter>;
