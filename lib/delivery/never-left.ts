import type { Edition } from '../editions/model.ts';
import type { Instant } from '../types.ts';
import { rows } from './enqueue.ts';
import type { DeliveryStatus } from './model.ts';
import type { DeliveryStore, SendingStore } from './ports.ts';
import { leftBefore } from './sending.ts';

export interface TakenDeps {
  readonly deliveries: Pick<DeliveryStore, 'page'>;
  readonly sending: Pick<SendingStore, 'get'>;
}

const NOT_SENT: readonly DeliveryStatus[] = ['planned', 'expired', 'suppressed'];

/**
 * Whether the time of an edition is over and not one of its mails was begun: sending was off all the while, or the mail
 * service was. What it told is news still. Reads as far as the first mail that was sent, which is a page as a rule.
 */
export async function neverLeft(
  deps: TakenDeps,
  { id, dueAt, sendBy, quiet }: Edition,
  now: Instant,
): Promise<boolean> {
  if (quiet || now <= sendBy) return false;
  for await (const { status } of rows(deps, id)) if (!NOT_SENT.includes(status)) return false;
  return !leftBefore((await deps.sending.get()) ?? {}, dueAt);
}
