import type { DatabaseSync } from 'node:sqlite';
import { ConfigError } from '../../errors.ts';
import { transact } from './transact.ts';

/**
 * One script per version, in order; `PRAGMA user_version` counts those applied. Never edit one that was released: add.
 * Objects are kept whole, as JSON in `body`; what a query needs is a generated column.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE feeds (url TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE items (
    key TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    first_seen TEXT AS (body ->> 'firstSeen'),
    hash TEXT AS (body ->> 'hash'),
    expires REAL NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX items_by_time ON items (first_seen, key);
  CREATE INDEX items_by_expiry ON items (expires);

  CREATE TABLE editions (
    id TEXT PRIMARY KEY,
    due_at TEXT NOT NULL,
    status TEXT NOT NULL,
    audience INTEGER,
    subject TEXT NOT NULL,
    stories INTEGER NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX editions_by_time ON editions (due_at, id);

  CREATE TABLE deliveries (
    edition_id TEXT NOT NULL,
    subscriber_id TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT AS (body ->> 'status'),
    attempt_id TEXT AS (body ->> 'attemptId'),
    PRIMARY KEY (edition_id, subscriber_id)
  ) WITHOUT ROWID;

  CREATE TABLE subscribers (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    version INTEGER AS (body ->> 'version'),
    status TEXT AS (body ->> 'status'),
    cadence TEXT AS (body ->> '$.preferences.cadence'),
    zone TEXT AS (body ->> '$.preferences.zone'),
    hour INTEGER AS (body ->> '$.preferences.hour')
  ) WITHOUT ROWID;
  CREATE INDEX subscribers_due ON subscribers (cadence, zone, hour, id) WHERE status IN ('active', 'paused');

  CREATE TABLE appointments (
    cadence TEXT NOT NULL,
    zone TEXT NOT NULL,
    hour INTEGER NOT NULL,
    PRIMARY KEY (cadence, zone, hour)
  ) WITHOUT ROWID;

  CREATE TABLE limits (key TEXT PRIMARY KEY, hits TEXT NOT NULL, expires REAL NOT NULL) WITHOUT ROWID;
  CREATE INDEX limits_by_expiry ON limits (expires);
  `,
  'CREATE TABLE sending (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID',
  'CREATE TABLE edits (slot TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID',
];

function version(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

/**
 * Brings the database to the newest version; two processes may do so at once.
 * @throws ConfigError when a newer Dispatches wrote the file
 */
export function migrate(db: DatabaseSync, migrations = MIGRATIONS): void {
  if (version(db) === migrations.length) return;
  transact(db, () => {
    const from = version(db);
    if (from > migrations.length) {
      throw new ConfigError(
        `The database has version ${from}; this Dispatches knows versions up to ${migrations.length}.`,
        'Update Dispatches, or use another database file.',
      );
    }
    for (const script of migrations.slice(from)) db.exec(script);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}
