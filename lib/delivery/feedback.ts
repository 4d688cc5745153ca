import type { Logger } from '../log.ts';
import type { LimitStore } from '../subscriptions/ports.ts';
import { DAY, SECOND } from '../time.ts';
import type { Clock } from '../types.ts';
import { isWitness } from './attempt.ts';
import { brakeReason, countMails, lately } from './brake.ts';
import type { Delivery, MailEvent, Tally } from './model.ts';
import type { DeliveryStore, SendingStore, Settlement } from './ports.ts';
import { brakeSending } from './sending.ts';

export interface FeedbackDeps {
  readonly deliveries: Pick<DeliveryStore, 'get' | 'settle'>;
  /** Stops all mail to this reader. Repeating it changes nothing. */
  readonly suppress: (subscriberId: string, reason: 'bounce' | 'complaint') => Promise<void>;
  readonly sending: SendingStore;
  readonly limits: LimitStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A mailbox that is full or away for so long is taken for dead: one more transient bounce than this in 30 days. */
const SOFT_BOUNCES = { max: 6, seconds: (30 * DAY) / SECOND };

/** Each lost race means that somebody else moved the row on, and a row moves only a few times in its life. */
const MAX_RACES = 10;

/**
 * Takes in one event about one mail. Events may come in any order, twice, and before we wrote down that SES had
 * accepted: the result is the same. The ledger notes events about a row's latest attempt only; a permanent bounce or a
 * complaint stops all mail to its reader whichever attempt it is about, for a mail may have been sent a second time; so
 * does the seventh transient bounce in 30 days. Too many of them stop all sending (`brakeReason`). An event about an edition or a reader that the ledger does not know, or about a mail that was withheld, changes nothing.
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
    const kind = against(event);
    if (kind === 'complained' || kind === 'bounced') await deps.suppress(subscriberId, REASONS[kind]);
    const change = row.attemptId === attemptId ? after(row, event) : undefined;
    if (!change) return;
    const settled = await deps.deliveries.settle({ editionId, subscriberId, attemptId, from: [row.status], ...change });
    if (settled && kind && change.reason) await count(deps, kind, subscriberId);
    if (settled) return;
  }
  throw new Error(`The row of attempt ${attemptId} changes faster than its event can be recorded.`);
}

/**
 * A service that answers at once that there is no such mailbox says what a permanent bounce says later. Suppresses first:
 * when the tally fails and the mail is tried again, its reader is not written to any more, and one bounce goes uncounted.
 */
export async function recordGone(deps: Omit<FeedbackDeps, 'deliveries'>, subscriberId: string): Promise<void> {
  await deps.suppress(subscriberId, REASONS.bounced);
  await count(deps, 'bounced', subscriberId);
}

/** Tallies what was just written down, hence once per mail and kind, and brakes when it is too much. */
async function count(deps: Omit<FeedbackDeps, 'deliveries'>, kind: Against, subscriberId: string): Promise<void> {
  if (kind === 'delayed') {
    const now = deps.clock().toISOString();
    if (!(await deps.limits.take(`soft-bounces:${subscriberId}`, [SOFT_BOUNCES], now)))
      await deps.suppress(subscriberId, 'bounce');
  }
  const { epoch = 1 } = (await deps.sending.get()) ?? {};
  await countMails(deps, epoch, { [kind]: 1 });
  const reason = brakeReason(await lately(deps, epoch));
  if (!reason) return;
  await brakeSending(deps, reason);
  deps.log.error('sending braked', { reason });
}

/** What an event says against a mail. `delayed`: a transient bounce. */
type Against = Exclude<keyof Tally, 'sent'>;

function against(event: MailEvent): Against | undefined {
  if (event.type === 'complaint') return 'complained';
  if (event.type !== 'bounce') return undefined;
  return event.permanent ? 'bounced' : 'delayed';
}

/** Reasons in a row of the ledger; a later one in this list outweighs an earlier one, whichever event came first. */
const REASONS = { delayed: 'soft-bounce', bounced: 'bounce', complained: 'complaint' } as const;
const RANKS: readonly (string | undefined)[] = Object.values(REASONS);

type Change = Pick<Settlement, 'to' | 'messageId' | 'reason' | 'seen' | 'now'>;

/** What an event makes of a row; undefined when it tells nothing new. */
function after(row: Delivery, event: MailEvent): Change | undefined {
  if (row.status === 'rejected' || row.status === 'suppressed') return undefined;
  const { messageId, at: now } = event;
  if (event.type === 'reject' || event.type === 'rendering-failure')
    return { to: 'rejected', reason: event.type, messageId, now };
  // Every other event proves that SES accepted the mail.
  const kind = against(event);
  const reason = kind && REASONS[kind];
  const news = reason !== undefined && RANKS.indexOf(reason) > RANKS.indexOf(row.reason);
  const told = row.status === 'sent' && (row.seen || !isWitness(row.attemptId));
  if (told && !news) return undefined;
  return { to: 'sent', messageId, seen: true, now: row.status === 'sent' ? row.at : now, ...(news && { reason }) };
}
