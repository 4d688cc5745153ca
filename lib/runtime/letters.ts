import { DatabaseSync } from 'node:sqlite';
import type { Job } from '../delivery/model.ts';

export type LetterJob = Extract<Job, { kind: 'letter' }>;

/** Letters that were asked for and are not done: what the ledger does not know of yet outlives the process here. */
export interface LetterBox {
  keep(jobs: readonly Job[]): void;
  done(job: Job): void;
  waiting(): readonly LetterJob[];
  close(): void;
}

/** @param file kept there; `:memory:` forgets */
export function openLetterBox(file: string): LetterBox {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('CREATE TABLE IF NOT EXISTS letters (id INTEGER PRIMARY KEY, job TEXT NOT NULL UNIQUE) STRICT');
  const add = db.prepare('INSERT OR IGNORE INTO letters (job) VALUES (?)');
  const remove = db.prepare('DELETE FROM letters WHERE job = ?');
  const all = db.prepare('SELECT job FROM letters ORDER BY id');
  return {
    keep(jobs) {
      for (const job of jobs) if (job.kind === 'letter') add.run(JSON.stringify(job));
    },
    done(job) {
      if (job.kind === 'letter') remove.run(JSON.stringify(job));
    },
    waiting: () => all.all().map(({ job }) => JSON.parse(String(job)) as LetterJob),
    close: () => db.close(),
  };
}
