import type { DatabaseSync } from 'node:sqlite';
import type { Limit, LimitStore } from '../../subscriptions/ports.ts';
import { epochSeconds, limitExpiry } from '../retention.ts';
import { transact } from './transact.ts';

/** Keeps the times of the newest events per key, newest first: a limit is met while its `max`th lies in its window. */
export function limitStore(db: DatabaseSync): LimitStore {
  const row = db.prepare('SELECT hits FROM limits WHERE key = ?');
  const save = db.prepare('INSERT OR REPLACE INTO limits (key, hits, expires) VALUES (?, ?, ?)');
  const prune = db.prepare('DELETE FROM limits WHERE expires < ?');

  return {
    async take(key, limits, now) {
      return transact(db, () => {
        const hits: number[] = JSON.parse(String(row.get(key)?.hits ?? '[]'));
        if (!hasRoom(hits, limits, Date.parse(now))) return false;
        const keep = Math.max(0, ...limits.map(({ max }) => max));
        save.run(key, JSON.stringify([Date.parse(now), ...hits].slice(0, keep)), limitExpiry(now, limits));
        prune.run(epochSeconds(now));
        return true;
      });
    },
  };
}

function hasRoom(hits: readonly number[], limits: readonly Limit[], time: number): boolean {
  return limits.every(({ max, seconds }) => {
    const oldest = hits[max - 1] ?? Number.NEGATIVE_INFINITY;
    return max > 0 && oldest <= time - seconds * 1000;
  });
}
