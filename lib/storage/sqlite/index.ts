import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError, DispatchesError } from '../../errors.ts';
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
 * @param path a file, or `:memory:`; its folder is made, readable for its owner only, when there is none
 * @throws ConfigError when it is no database, cannot be written or comes from a newer Dispatches
 */
export function openSqlite(path: string): Stores & { close(): void } {
  const db = connect(path);
  return {
    feeds: feedStore(db),
    editions: editionStore(db),
    deliveries: deliveryStore(db),
    subscribers: subscriberStore(db),
    limits: limitStore(db),
    close: () => db.close(),
  };
}

function connect(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(db);
    return db;
  } catch (cause) {
    db?.close();
    if (cause instanceof DispatchesError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(
      `${path} cannot be used as a database: ${why}.`,
      'Name another file, or move this one away.',
      {
        cause,
      },
    );
  }
}
