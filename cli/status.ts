import type { DeliveryStatus } from '../lib/delivery/model.ts';
import { type SendingState, sendingState } from '../lib/delivery/sending.ts';
import { nextDue } from '../lib/editions/due.ts';
import type { Slot } from '../lib/editions/model.ts';
import type { EditionSummary } from '../lib/editions/ports.ts';
import { pages } from '../lib/pages.ts';
import type { Stores } from '../lib/storage/stores.ts';
import type { SubscriberStatus } from '../lib/subscriptions/model.ts';
import { MINUTE } from '../lib/time.ts';
import type { Instant, Page } from '../lib/types.ts';
import { missedBy, readersOf } from './missed.ts';

type Mails = Readonly<Partial<Record<DeliveryStatus, number>>>;

export interface Status {
  /** Whether mail may leave, and what became of mails lately. */
  readonly sending: SendingState;
  readonly feeds: {
    readonly known: number;
    readonly lastSuccess: Instant | null;
    readonly failing: readonly { readonly url: string; readonly problem: string }[];
  };
  readonly readers: Readonly<Partial<Record<SubscriberStatus, number>>>;
  /** When editions of the last seven days were due that were never made. */
  readonly missed: readonly Instant[];
  /** The next comings of the appointments that readers have or had, soonest first. */
  readonly due: readonly (Slot & { readonly at: Instant })[];
  /** Newest first. `stuck` says why it is not getting on, if so. */
  readonly editions: readonly (EditionSummary & { readonly mails: Mails; readonly stuck?: string })[];
}

const EDITIONS = 6;
const DUE = 6;
/** An edition that is well has its mails out by then. Milliseconds. */
const PATIENCE = 30 * MINUTE;

/** What a store says about how things stand. Reads only. */
export async function readStatus(stores: Stores, now: Date): Promise<Status> {
  const states = await stores.feeds.listStates();
  const failing = states.flatMap(({ url, problem }) => (problem ? [{ url, problem }] : []));
  const successes = states.flatMap(({ lastSuccess }) => (lastSuccess ? [lastSuccess] : []));
  const { items } = await stores.editions.list(EDITIONS);
  const { counts, awaited } = await readersOf(stores.subscribers, now);
  return {
    sending: await sendingState({ sending: stores.sending, clock: () => now }),
    feeds: { known: states.length, lastSuccess: successes.sort().at(-1) ?? null, failing },
    readers: counts,
    missed: await missedBy(awaited, stores.editions, now),
    due: nextOf(await stores.subscribers.appointments(), now),
    editions: await Promise.all(
      items.map(async (edition) => {
        const mails = await tally((at) => stores.deliveries.page(edition.id, at));
        const stuck = whyStuck(edition, mails, now);
        return { ...edition, mails, ...(stuck && { stuck }) };
      }),
    ),
  };
}

function nextOf(slots: readonly Slot[], now: Date): Status['due'] {
  const comings = slots.map(({ cadence, zone, hour }) => {
    const slot = { cadence, zone, hour };
    return { ...slot, at: nextDue(slot, now.toISOString()) };
  });
  return comings.sort((a, b) => a.at.localeCompare(b.at)).slice(0, DUE);
}

/** Undefined while it is young, and when all is well. */
function whyStuck({ status, dueAt }: EditionSummary, mails: Mails, now: Date): string | undefined {
  if (now.getTime() - Date.parse(dueAt) < PATIENCE || status === 'closed') return undefined;
  if (status === 'composed') return 'composed, but nobody was planned to get it';
  const { planned = 0, sending = 0, uncertain = 0 } = mails;
  const parts = [
    planned > 0 ? `${planned} still to send` : '',
    sending > 0 ? `${sending} begun and not finished` : '',
    uncertain > 0 ? `${uncertain} of which nobody knows whether they left` : '',
  ];
  return parts.filter(Boolean).join(', ') || undefined;
}

/** Mails of these editions that were being sent, or may have been: of them nobody knows whether they left. */
export async function mailsInDoubt(stores: Stores, editionIds: readonly string[]): Promise<number> {
  const tallies = await Promise.all(editionIds.map((id) => tally((cursor) => stores.deliveries.page(id, cursor))));
  return tallies.reduce((sum, { sending = 0, uncertain = 0 }) => sum + sending + uncertain, 0);
}

/** How many of each status, over all pages. */
async function tally<S extends string>(
  read: (cursor?: string) => Promise<Page<{ readonly status: S }>>,
): Promise<Partial<Record<S, number>>> {
  const counts: Partial<Record<S, number>> = {};
  for await (const page of pages(read)) for (const { status } of page) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
