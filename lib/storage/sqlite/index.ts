import { DatabaseSync } from 'node:sqlite';
import type { Stores } from '../stores.ts';
import { deliveryStore } from './deliveries.ts';
import { editionStore } from './editions.ts';
import { feedStore } from './feeds.ts';
import { limitStore } from './limits.ts';
import { migrate } from './schema.ts';
import { subscriberStore } from './subscribers.ts';

/** How long a write waits for another process to finish its own, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

/**
 * Opens (and creates or updates) a database in one file; several processes may have it open. Durable: a write that
 * returned survives a loss of power.
 * @param path a file whose folder exists, or `:memory:`
 * @throws ConfigError when a newer Dispatches wrote the file
 */
export function openSqlite(path: string): Stores & { close(): void } {
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  migrate(db);
  return {
    feeds: feedStore(db),
    editions: editionStore(db),
    deliveries: deliveryStore(db),
    subscribers: subscriberStore(db),
    limits: limitStore(db),
    close: () => db.close(),
  };
}
