import { DAY } from '../time.ts';
import { type ChangeDeps, change, type Draft } from './change.ts';
import { forgotten } from './erase.ts';
import { allSubscribers } from './export-list.ts';
import type { Subscriber } from './model.ts';

/** A day longer than the button in the letter works. */
const PENDING_DAYS = 3;
/** The truncated network is evidence against abuse, which shows soon or never. */
const NETWORK_DAYS = 30;
/** Long enough to undo a mistake; after that only the keyed hash is needed. */
const LEFT_DAYS = 30;

export interface TidyResult {
  /** Requests that nobody confirmed. */
  readonly expired: number;
  /** People who left and whose address is no longer stored. */
  readonly forgotten: number;
  /** Readers whose network was removed from the evidence. */
  readonly trimmed: number;
}

/** Removes what is not needed any more. For once a day; doing it twice changes nothing. */
export async function tidy(deps: ChangeDeps): Promise<TidyResult> {
  const counts = { expired: 0, forgotten: 0, trimmed: 0 };
  for await (const listed of allSubscribers(deps.subscribers)) {
    const kind = overdue(listed, deps.clock().getTime());
    if (!kind) continue;
    const { before, after } = await change(deps, listed.id, (row, now) =>
      row && overdue(row, Date.parse(now)) === kind ? without(row, now) : undefined,
    );
    if (before?.version === after?.version) continue;
    // Written first, so that a confirmation at this moment wins or comes too late, and never meets half a row.
    if (kind === 'expired' && !before?.before) await deps.subscribers.remove(listed.id);
    counts[kind] += 1;
  }
  return counts;
}

function overdue(row: Subscriber, now: number): keyof TidyResult | undefined {
  const older = (than: string, days: number) => now - Date.parse(than) >= days * DAY;
  if (row.status === 'pending') return older(row.consent.requestedAt, PENDING_DAYS) ? 'expired' : undefined;
  const isOut = row.status === 'unsubscribed' || row.status === 'suppressed';
  if (isOut && row.email !== '' && older(row.updatedAt, LEFT_DAYS)) return 'forgotten';
  return row.consent.network && older(row.consent.requestedAt, NETWORK_DAYS) ? 'trimmed' : undefined;
}

/** An expired request goes back to what was before it; those who left keep their consent without address or network. */
function without(row: Subscriber, now: string): Draft {
  if (row.status === 'pending') {
    return { id: row.id, ...forgotten(now), ...(row.before ?? { status: 'unsubscribed', reason: 'expired' }) };
  }
  const { network: _network, ...consent } = row.consent;
  const isIn = row.status === 'active' || row.status === 'paused';
  return { ...row, consent, ...(isIn ? {} : { email: '' }) };
}
