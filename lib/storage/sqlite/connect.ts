import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError, DispatchesError, messageOf } from '../../errors.ts';
import { migrate } from './schema.ts';

/** How long a write waits for another process to finish its own, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

/**
 * Opens, creates or updates a database file.
 * @throws ConfigError when it is no database, cannot be written or comes from a newer Dispatches
 */
export function connect(path: string): DatabaseSync {
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
    throw new ConfigError(
      `${path} cannot be used as a database: ${messageOf(cause)}.`,
      'Name another file, or move this one away.',
      { cause },
    );
  }
}
