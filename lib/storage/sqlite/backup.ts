import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Switch } from '../../delivery/model.ts';
import { InputError } from '../../errors.ts';
import type { Instant } from '../../types.ts';
import { connect } from './connect.ts';

/**
 * Copies a database, as it is at one moment, into a new file; other processes may go on writing meanwhile.
 * @throws InputError when there is no database, or the new file is there already
 */
export function backup(database: string, to: string): void {
  copy(database, to, () => {});
}

/**
 * Puts a backup back in the place of a database that is gone or was moved away. What happened after the backup is not
 * known, so what was under way then stays unsent: its editions are closed, planned rows expire, and rows being sent
 * become uncertain with no second attempt left. And nothing more is sent from it until somebody resumes sending
 * (`resumeSending`): whoever left or complained since is a reader again.
 * @throws InputError when there is no such backup, or a database is still in the place
 */
export function restore(from: string, database: string, now: Instant): void {
  copy(from, database, (db) => {
    const settle = db.prepare('UPDATE deliveries SET body = json_patch(body, ?) WHERE status = ?');
    const facts = { at: now, reason: 'restored from a backup' };
    settle.run(JSON.stringify({ ...facts, status: 'expired' }), 'planned');
    settle.run(JSON.stringify({ ...facts, status: 'uncertain', resent: true }), 'sending');
    db.exec("UPDATE editions SET status = 'closed'");
    fence(db, now);
  });
}

/** The switch of sending says that this database was at home elsewhere. */
function fence(db: DatabaseSync, at: Instant): void {
  const found = db.prepare("SELECT body FROM sending WHERE key = 'switch'").get();
  const before: Switch = found ? JSON.parse(String(found.body)) : { state: 'on', epoch: 1, version: 0 };
  const after: Switch = { ...before, at, home: 'a backup', version: before.version + 1 };
  db.prepare("INSERT OR REPLACE INTO sending (key, body) VALUES ('switch', ?)").run(JSON.stringify(after));
}

/** The new file appears whole or not at all, and never beside the log of another: SQLite would read that into it. */
function copy(from: string, to: string, finish: (db: DatabaseSync) => void): void {
  if (!existsSync(from)) throw new InputError(`There is no database ${from}.`, 'Look for a misspelt path.');
  for (const taken of [to, `${to}-wal`, `${to}-shm`].filter(existsSync)) {
    throw new InputError(`There is a file ${taken} already.`, 'Move it away, or name another.');
  }
  const partial = `${to}.partial`;
  rmSync(partial, { force: true });
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  using(from, (db) => db.prepare('VACUUM INTO ?').run(partial));
  using(partial, finish);
  renameSync(partial, to);
}

/** Closing the last connection folds the write-ahead log into the file. */
function using(path: string, work: (db: DatabaseSync) => void): void {
  const db = connect(path);
  try {
    work(db);
  } finally {
    db.close();
  }
}
