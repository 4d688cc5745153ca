import type { Stores } from '../../lib/storage/stores.ts';

/**
 * The same stores with an index that lags, as DynamoDB's global indexes do: due readers and the list of editions come
 * from `replica` (empty stores), which gets to know half of the writes that it has not seen with each look at it.
 */
export function lagging(stores: Stores, replica: Stores): Stores {
  const unseen: (() => Promise<unknown>)[] = [];
  async function look<T>(read: (from: Stores) => Promise<T>): Promise<T> {
    const found = await read(replica);
    for (const write of unseen.splice(0, Math.ceil(unseen.length / 2))) await write();
    return found;
  }
  async function both(write: (to: Stores) => Promise<boolean>): Promise<boolean> {
    const written = await write(stores);
    if (written) unseen.push(() => write(replica));
    return written;
  }

  return {
    ...stores,
    subscribers: {
      ...stores.subscribers,
      put: (subscriber, expected) => both((to) => to.subscribers.put(subscriber, expected)),
      async createMany(subscribers) {
        const existing = await stores.subscribers.createMany(subscribers);
        const created = subscribers.filter(({ id }) => !existing.includes(id));
        unseen.push(...created.map((each) => () => replica.subscribers.put(each, 0)));
        return existing;
      },
      async remove(id) {
        await stores.subscribers.remove(id);
        unseen.push(() => replica.subscribers.remove(id));
      },
      dueReaders: (appointment, cursor) => look((from) => from.subscribers.dueReaders(appointment, cursor)),
    },
    editions: {
      ...stores.editions,
      create: (edition, message) => both((to) => to.editions.create(edition, message)),
      advance: (id, from, to, audience) => both((where) => where.editions.advance(id, from, to, audience)),
      list: (limit, cursor) => look((from) => from.editions.list(limit, cursor)),
    },
  };
}
