import type { Logger } from '../log.ts';
import { isWitness } from './attempt.ts';
import type { Delivery, MailEvent } from './model.ts';
import type { DeliveryStore, Settlement } from './ports.ts';

export interface FeedbackDeps {
  readonly deliveries: Pick<DeliveryStore, 'get' | 'settle'>;
  /** Stops all mail to this reader. Repeating it changes nothing. */
  readonly suppress: (subscriberId: string, reason: 'bounce' | 'complaint') => Promise<void>;
  readonly log: Logger;
}

/** Each lost race means that somebody else moved the row on, and a row moves only a few times in its life. */
const MAX_RACES = 10;

/**
 * Takes in one event about one mail. Events may come in any order, twice, and before we wrote down that SES had
 * accepted: the result is the same. The ledger notes events about a row's latest attempt only; a permanent bounce or a
 * complaint stops all mail to its reader whichever attempt it is about, for a mail may have been sent a second time. An
 * event about an edition or a reader that the ledger does not know, or about a mail that was withheld, changes nothing.
 * @throws when a store fails or the row never rests: let the queue redeliver the event.
 */
export async function recordEvent(deps: FeedbackDeps, event: MailEvent): Promise<void> {
  const { editionId, subscriberId, attemptId } = event;
  for (let race = 0; race < MAX_RACES; race += 1) {
    const row = await deps.deliveries.get(editionId, subscriberId);
    if (!row || (row.status === 'suppressed' && !row.resent)) {
      deps.log.warn('event about no mail of ours', { type: event.type, edition: editionId });
      return;
    }
    const reason = suppression(event);
    if (reason) await deps.suppress(subscriberId, reason);
    const change = row.attemptId === attemptId ? after(row, event) : undefined;
    if (!change) return;
    if (await deps.deliveries.settle({ editionId, subscriberId, attemptId, from: [row.status], ...change })) return;
  }
  throw new Error(`The row of attempt ${attemptId} changes faster than its event can be recorded.`);
}

function suppression(event: MailEvent): 'bounce' | 'complaint' | undefined {
  if (event.type === 'complaint') return 'complaint';
  return event.type === 'bounce' && event.permanent ? 'bounce' : undefined;
}

type Change = Pick<Settlement, 'to' | 'messageId' | 'reason' | 'seen' | 'now'>;

/** What an event makes of a row; undefined when it tells nothing new. */
function after(row: Delivery, event: MailEvent): Change | undefined {
  if (row.status === 'rejected' || row.status === 'suppressed') return undefined;
  const { messageId, at: now } = event;
  if (event.type === 'reject' || event.type === 'rendering-failure')
    return { to: 'rejected', reason: event.type, messageId, now };
  // Every other event proves that SES accepted the mail. A complaint outweighs a bounce, whichever came first.
  const reason = row.reason === 'complaint' ? undefined : suppression(event);
  const told = row.status === 'sent' && (row.seen || !isWitness(row.attemptId));
  if (told && (reason === undefined || reason === row.reason)) return undefined;
  return { to: 'sent', messageId, seen: true, now: row.status === 'sent' ? row.at : now, ...(reason && { reason }) };
}
