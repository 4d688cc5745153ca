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

const WAITED: readonly DeliveryStatus[] = ['planned', 'expired'];

/**
 * Whether the time of an edition is over, mails of it waited, and not one was begun: sending was off all the while, or the
 * mail service was. What it told is news still. Who left or chose another hour says nothing about that. Reads as far as
 * the first mail that was sent, which is a page as a rule.
 */
export async function neverLeft(
  deps: TakenDeps,
  { id, dueAt, sendBy, quiet }: Edition,
  now: Instant,
): Promise<boolean> {
  if (quiet || now <= sendBy) return false;
  let waited = false;
  for await (const { status } of rows(deps, id)) {
    if (WAITED.includes(status)) waited = true;
    else if (status !== 'suppressed') return false;
  }
  return waited && !leftBefore((await deps.sending.get()) ?? {}, dueAt);
}
