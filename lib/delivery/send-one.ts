import type { Subscriber } from '../subscriptions/model.ts';
import type { SubscriberStore } from '../subscriptions/ports.ts';
import type { Clock } from '../types.ts';
import { newAttempt } from './attempt.ts';
import { mailAddress } from './header.ts';
import type { MimeTemplate } from './mime.ts';
import type { DeliveryStatus, OutgoingMail, SendOutcome } from './model.ts';
import type { DeliveryStore, MailTransport, ReaderLinks } from './ports.ts';

export interface SendDeps {
  readonly deliveries: DeliveryStore;
  readonly subscribers: Pick<SubscriberStore, 'get'>;
  readonly transport: MailTransport;
  readonly links: ReaderLinks;
  readonly clock: Clock;
  /** Told of a reader whose mailbox the mail service says is not there (`recordGone`). */
  readonly gone?: (subscriberId: string) => Promise<void>;
}

/** One ledger row to be sent: what may stop it and what it says. */
export interface Task {
  readonly editionId: string;
  readonly subscriberId: string;
  readonly from: string;
  /** Readers of the edition: decides how many attempts are witnesses. */
  readonly audience: number;
  /** Why this reader gets no such mail now, if so. */
  refuse(subscriber: Subscriber): string | undefined;
  mime(subscriber: Subscriber): MimeTemplate;
}

/** `skipped`: somebody else has the row, or it is done. */
export type End = SendOutcome | { readonly kind: 'suppressed' | 'skipped' };

/**
 * Claim, then read the reader, then send, then settle. The claim is on disk before SES is called, so whatever breaks
 * after it leaves a row in `sending`, which is never simply sent again; and the reader is read after the claim, so an
 * unsubscribe that finished before always wins.
 */
export async function sendOne(deps: SendDeps, task: Task): Promise<End> {
  const { editionId, subscriberId } = task;
  const attemptId = newAttempt(task.audience);
  if (!(await deps.deliveries.claim(editionId, subscriberId, attemptId, now(deps)))) return { kind: 'skipped' };

  const whileUnsent = <T>(step: () => T, reason: string) =>
    orGiveBack(step, () => settle(deps, task, attemptId, { to: 'planned', reason }));
  const subscriber = await whileUnsent(() => deps.subscribers.get(subscriberId), 'the reader could not be read');
  const refusal = subscriber ? task.refuse(subscriber) : 'erased';
  if (!subscriber || refusal !== undefined) {
    await settle(deps, task, attemptId, { to: 'suppressed', reason: refusal ?? 'erased' });
    return { kind: 'suppressed' };
  }
  const mail = await whileUnsent(() => build(deps, task, subscriber, attemptId), 'the mail could not be built');
  const outcome = mail ? await deps.transport.send(mail) : UNUSABLE;
  // Before the row is done: a redelivered job passes over it then, and nobody would be told any more.
  if (outcome.kind === 'rejected' && outcome.gone)
    await whileUnsent(() => deps.gone?.(subscriberId), 'that the mailbox is not there could not be written down');
  await settle(deps, task, attemptId, consequence(outcome));
  return outcome;
}

/** Does what comes before a send, or after a refusal. When that fails, nothing left: the redelivered job may find the row again. */
async function orGiveBack<T>(step: () => T, giveBack: () => Promise<unknown>): Promise<Awaited<T>> {
  try {
    return await step();
  } catch (error) {
    await giveBack();
    throw error;
  }
}

const UNUSABLE: SendOutcome = { kind: 'rejected', reason: 'not an address SES can send to' };

function build(deps: SendDeps, task: Task, subscriber: Subscriber, attempt: string): OutgoingMail | undefined {
  const to = mailAddress(subscriber.email);
  if (to === undefined) return undefined;
  const { editionId: edition, subscriberId: recipient, from } = task;
  const links = {
    unsubscribeUrl: deps.links.unsubscribe(recipient),
    preferencesUrl: deps.links.preferences(recipient),
  };
  const raw = task.mime(subscriber)({ to, links });
  return { from, to, raw, tags: { edition, recipient, attempt } };
}

interface Consequence {
  readonly to: DeliveryStatus;
  readonly messageId?: string;
  readonly reason?: string;
}

function consequence(outcome: SendOutcome): Consequence {
  switch (outcome.kind) {
    case 'sent':
      return { to: 'sent', messageId: outcome.messageId };
    case 'rejected':
    case 'uncertain':
      return { to: outcome.kind, reason: outcome.reason };
    case 'throttled':
    case 'stopped':
      return { to: 'planned', reason: outcome.reason };
  }
}

/** Changes nothing when an event or the sweep was faster: theirs counts, except that accepted stays accepted. */
async function settle(deps: SendDeps, task: Task, attemptId: string, change: Consequence): Promise<void> {
  const { editionId, subscriberId } = task;
  const from: readonly DeliveryStatus[] = change.to === 'sent' ? ['sending', 'uncertain', 'planned'] : ['sending'];
  await deps.deliveries.settle({ editionId, subscriberId, attemptId, from, now: now(deps), ...change });
}

function now(deps: SendDeps): string {
  return deps.clock().toISOString();
}
