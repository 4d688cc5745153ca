import type { Stores } from '../stores.ts';
import { connect } from './connect.ts';
import { deliveryStore } from './deliveries.ts';
import { editionStore } from './editions.ts';
import { feedStore } from './feeds.ts';
import { limitStore } from './limits.ts';
import { sendingStore } from './sending.ts';
import { subscriberStore } from './subscribers.ts';

/**
 * Opens (and creates or updates) a database in one file; several processes may have it open. Durable: a write that
 * returned survives a loss of power.
 * @param path a file, or `:memory:`; its folder is made, readable for its owner only, when there is none
 * @throws ConfigError when it is no database, cannot be written or comes from a newer Dispatches
 */
export function openSqlite(path: string): Stores & { close(): void } {
  const db = connect(path);
  return {
    feeds: feedStore(db),
    editions: editionStore(db),
    deliveries: deliveryStore(db),
    sending: sendingStore(db),
    subscribers: subscriberStore(db),
    limits: limitStore(db),
    close: () => db.close(),
  };
}
