import type { Stores } from '../../lib/storage/stores.ts';

/** Stores whose every call goes to the next of several: as if several processes worked on one database. */
export function alternating(all: readonly Stores[]): Stores {
  let calls = 0;
  const turn = <K extends keyof Stores>(name: K): Stores[K] =>
    new Proxy({} as Stores[K], {
      get: (_, method) => {
        const store = all[calls++ % all.length]?.[name] as unknown as Record<PropertyKey, unknown>;
        const found = store[method];
        return typeof found === 'function' ? found.bind(store) : found;
      },
    });
  return {
    feeds: turn('feeds'),
    editions: turn('editions'),
    deliveries: turn('deliveries'),
    sending: turn('sending'),
    subscribers: turn('subscribers'),
    limits: turn('limits'),
  };
}
