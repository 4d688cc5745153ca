import { letterRow } from '../../delivery/deliver-letter.ts';
import type { Delivery } from '../../delivery/model.ts';
import type { Logger } from '../../log.ts';
import { pages } from '../../pages.ts';
import type { Stores } from '../../storage/stores.ts';
import type { Clock } from '../../types.ts';
import type { LetterJob } from '../letters.ts';

export interface RecoverDeps {
  readonly stores: Pick<Stores, 'editions' | 'deliveries'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface RecoverInput {
  /** The attempt that may have reached the mail service (`Slot`). */
  readonly marked: string;
  /** Letters that the dead process had not finished. */
  readonly letters: readonly LetterJob[];
}

export interface RecoverResult {
  /** Claimed and certainly not handed over: planned again. */
  readonly again: number;
  /** Nobody knows: it stays uncertain. At most one. */
  readonly uncertain: number;
}

/**
 * Settles what a process that died was sending. Only for the one process that may send from this database: every row
 * that is `sending` while it starts is an orphan.
 */
export async function recover(deps: RecoverDeps, input: RecoverInput): Promise<RecoverResult> {
  const total = { again: 0, uncertain: 0 };
  for await (const row of orphans(deps, input.letters)) {
    const { editionId, subscriberId, attemptId = '' } = row;
    const doubt = attemptId === input.marked;
    const change = doubt
      ? ({ to: 'uncertain', reason: 'the process ended while the mail service had it' } as const)
      : ({ to: 'planned', reason: 'the process ended before the mail was handed over' } as const);
    const same = { editionId, subscriberId, attemptId, from: ['sending'] as const, now: deps.clock().toISOString() };
    if (await deps.stores.deliveries.settle({ ...same, ...change })) total[doubt ? 'uncertain' : 'again'] += 1;
  }
  if (total.again + total.uncertain > 0) deps.log.warn('an earlier process ended while sending', total);
  return total;
}

async function* orphans({ stores }: RecoverDeps, letters: readonly LetterJob[]): AsyncGenerator<Delivery> {
  for (const job of letters) {
    const row = await stores.deliveries.get(letterRow(job), job.subscriberId);
    if (row?.status === 'sending') yield row;
  }
  for await (const editions of pages((cursor) => stores.editions.list(50, cursor)))
    for (const { id } of editions.filter(({ status }) => status !== 'closed'))
      for await (const rows of pages((cursor) => stores.deliveries.page(id, cursor)))
        yield* rows.filter(({ status }) => status === 'sending');
}
