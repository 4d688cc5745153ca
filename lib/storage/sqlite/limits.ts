import type { DatabaseSync } from 'node:sqlite';
import type { LimitStore } from '../../subscriptions/ports.ts';
import { transact } from './transact.ts';

/** Keeps the times of the newest events per key, newest first: a limit is met while its `max`th lies in its window. */
export function limitStore(db: DatabaseSync): LimitStore {
  const row = db.prepare('SELECT hits FROM limits WHERE key = ?');
  const save = db.prepare(
    'INSERT INTO limits (key, hits) VALUES (?, ?) ON CONFLICT DO UPDATE SET hits = excluded.hits',
  );

  return {
    async take(key, limits, now) {
      const time = Date.parse(now);
      return transact(db, () => {
        const hits: number[] = JSON.parse(String(row.get(key)?.hits ?? '[]'));
        const free = limits.every(
          ({ max, seconds }) => max > 0 && (hits[max - 1] ?? Number.NEGATIVE_INFINITY) <= time - seconds * 1000,
        );
        const keep = Math.max(...limits.map(({ max }) => max));
        if (free) save.run(key, JSON.stringify([time, ...hits].slice(0, keep)));
        return free;
      });
    },
  };
}
