import type { DeliveryStatus } from '../lib/delivery/model.ts';
import type { EditionSummary } from '../lib/editions/ports.ts';
import { pages } from '../lib/pages.ts';
import type { Stores } from '../lib/storage/stores.ts';
import type { SubscriberStatus } from '../lib/subscriptions/model.ts';
import type { Instant, Page } from '../lib/types.ts';

export interface Status {
  readonly feeds: {
    readonly known: number;
    readonly lastSuccess: Instant | null;
    readonly failing: readonly { readonly url: string; readonly problem: string }[];
  };
  readonly readers: Readonly<Partial<Record<SubscriberStatus, number>>>;
  /** Newest first. */
  readonly editions: readonly (EditionSummary & {
    readonly mails: Readonly<Partial<Record<DeliveryStatus, number>>>;
  })[];
}

const EDITIONS = 6;

/** What a store says about how things stand. Reads only. */
export async function readStatus(stores: Stores): Promise<Status> {
  const states = await stores.feeds.listStates();
  const failing = states.flatMap(({ url, problem }) => (problem ? [{ url, problem }] : []));
  const successes = states.flatMap(({ lastSuccess }) => (lastSuccess ? [lastSuccess] : []));
  const { items } = await stores.editions.list(EDITIONS);
  const editions = await Promise.all(
    items.map(async (edition) => ({ ...edition, mails: await tally((at) => stores.deliveries.page(edition.id, at)) })),
  );
  return {
    feeds: { known: states.length, lastSuccess: successes.sort().at(-1) ?? null, failing },
    readers: await tally((cursor) => stores.subscribers.list(cursor)),
    editions,
  };
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
