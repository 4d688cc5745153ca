import type { EditionStore } from '../editions/ports.ts';
import { InputError } from '../errors.ts';
import type { Instant } from '../types.ts';
import { rows } from './enqueue.ts';
import type { DeliveryStatus } from './model.ts';
import type { DeliveryStore } from './ports.ts';

export interface ReportDeps {
  readonly editions: Pick<EditionStore, 'get'>;
  readonly deliveries: Pick<DeliveryStore, 'page'>;
}

/** The books of one edition. */
export interface EditionReport {
  readonly id: string;
  readonly subject: string;
  readonly dueAt: Instant;
  readonly sendBy: Instant;
  readonly status: 'composed' | 'planned' | 'closed';
  /** Readers when the audience was frozen; absent before. */
  readonly audience?: number;
  /** Every reader of the audience is in exactly one of these. */
  readonly counts: Readonly<Record<DeliveryStatus, number>>;
  /** Whether the counts add up to the audience. */
  readonly balanced: boolean;
  /** Among `sent`. */
  readonly bounced: number;
  /** Bounced, but not for good. */
  readonly softBounced: number;
  readonly complained: number;
  /** Mails that were granted a second attempt. */
  readonly resent: number;
}

/**
 * Counts the ledger of one edition.
 * @throws InputError when there is no such edition
 */
export async function editionReport(deps: ReportDeps, id: string): Promise<EditionReport> {
  const record = await deps.editions.get(id);
  if (!record) throw new InputError(`There is no edition "${id}".`, 'List them with: dispatches edition list');
  const counts = { planned: 0, sending: 0, sent: 0, rejected: 0, uncertain: 0, suppressed: 0, expired: 0 };
  const among = { bounced: 0, softBounced: 0, complained: 0, resent: 0 };
  for await (const row of rows(deps, id)) {
    counts[row.status] += 1;
    if (row.reason === 'bounce') among.bounced += 1;
    if (row.reason === 'soft-bounce') among.softBounced += 1;
    if (row.reason === 'complaint') among.complained += 1;
    if (row.resent) among.resent += 1;
  }
  const total = Object.values(counts).reduce((a, b) => a + b, 0);
  const { edition, message, status, audience } = record;
  return {
    ...{ id, subject: message.subject, dueAt: edition.dueAt, sendBy: edition.sendBy, status },
    ...(audience !== undefined && { audience }),
    ...{ counts, balanced: audience === undefined || total === audience, ...among },
  };
}
