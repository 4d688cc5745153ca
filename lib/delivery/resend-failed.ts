import type { EditionRecord, EditionStore } from '../editions/ports.ts';
import { InputError } from '../errors.ts';
import type { Clock, Instant } from '../types.ts';
import { type EnqueueDeps, enqueuePlanned, rows } from './enqueue.ts';
import type { Delivery } from './model.ts';
import type { DeliveryStore } from './ports.ts';
import { EVENTS_TAKE } from './review.ts';

export interface ResendDeps extends EnqueueDeps {
  readonly editions: Pick<EditionStore, 'get' | 'advance'>;
  readonly deliveries: DeliveryStore;
  readonly clock: Clock;
}

export interface ResendInput {
  readonly editionId: string;
  /** Mails of which nobody knows whether they left, too: their readers may get a second copy. */
  readonly uncertain?: boolean;
  /** Only count. */
  readonly dryRun?: boolean;
}

export interface ResendResult {
  /** Rows that SES had refused. */
  readonly rejected: number;
  /** Rows of which nobody knows; those younger than events take (15 minutes) are left to the events. */
  readonly uncertain: number;
}

/**
 * Sends an edition again to those whom it did not reach: the rejected, and on request the uncertain. Nobody who has it,
 * left or bounced is among them: each row goes through claim and look-up as at first. Repeating it, or a crash on the
 * way, mails nobody twice.
 * @throws InputError when there is no such edition, it has not left yet, or its time is over
 */
export async function resendFailed(deps: ResendDeps, input: ResendInput): Promise<ResendResult> {
  const { editionId, uncertain = false, dryRun = false } = input;
  const now = deps.clock().toISOString();
  const { status: stage } = await sendable(deps, editionId, now);
  // First, so that a crash below leaves no planned row in an edition that nobody sweeps.
  if (stage === 'closed' && !dryRun) await deps.editions.advance(editionId, 'closed', 'planned');

  const statuses = uncertain ? (['rejected', 'uncertain'] as const) : (['rejected'] as const);
  const again = { rejected: 0, uncertain: 0 };
  for await (const row of rows(deps, editionId)) {
    const status = statuses.find((each) => each === row.status);
    if (!status || (status === 'uncertain' && Date.parse(now) - Date.parse(row.at) < EVENTS_TAKE)) continue;
    if (dryRun || (await reopen(deps, row, now))) again[status] += 1;
  }
  if (!dryRun) await enqueuePlanned(deps, editionId);
  return again;
}

async function sendable(deps: ResendDeps, id: string, now: Instant): Promise<EditionRecord> {
  const record = await deps.editions.get(id);
  if (!record) throw new InputError(`There is no edition "${id}".`, 'List them with: dispatches edition list');
  const { sendBy } = record.edition;
  if (now > sendBy)
    throw new InputError(`The time of edition ${id} was over at ${sendBy}.`, 'The next one takes the news along.');
  if (record.status === 'composed')
    throw new InputError(`Edition ${id} has not left yet.`, 'It leaves when publishing runs again.');
  return record;
}

function reopen(deps: ResendDeps, row: Delivery, now: string): Promise<boolean> {
  const { editionId, subscriberId, status, attemptId } = row;
  return deps.deliveries.settle({
    ...{ editionId, subscriberId, from: [status], to: 'planned', now, reason: 'again, by the operator' },
    ...(attemptId && { attemptId }),
    ...(status === 'uncertain' && { resent: true }),
  });
}
