import { pages } from '../pages.ts';
import { formatCsv } from './csv.ts';
import { COLUMNS, toRow } from './list-columns.ts';
import type { Subscriber } from './model.ts';
import type { SubscriberStore } from './ports.ts';

/** Every row of the store, page by page. */
export async function* allSubscribers(store: Pick<SubscriberStore, 'list'>): AsyncGenerator<Subscriber> {
  for await (const page of pages((cursor) => store.list(cursor))) yield* page;
}

/** The readers as CSV that import takes back, record by record. Forgotten people have no address and are left out. */
export async function* exportList(store: Pick<SubscriberStore, 'list'>): AsyncGenerator<string> {
  yield formatCsv(COLUMNS);
  for await (const subscriber of allSubscribers(store)) {
    const row = toRow(subscriber);
    if (subscriber.email !== '') yield formatCsv(COLUMNS.map((column) => row[column]));
  }
}
