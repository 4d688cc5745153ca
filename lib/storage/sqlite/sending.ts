import type { DatabaseSync } from 'node:sqlite';
import type { Switch, Tally } from '../../delivery/model.ts';
import type { SendingStore } from '../../delivery/ports.ts';
import { mustFollow } from '../version.ts';
import { transact } from './transact.ts';

/** Every file is at home: `restore` writes another home into a copy that it puts back. */
const HOME = 'this file';
const NONE: Tally = { sent: 0, bounced: 0, complained: 0, delayed: 0 };

export function sendingStore(db: DatabaseSync): SendingStore {
  const row = db.prepare('SELECT body FROM sending WHERE key = ?');
  const save = db.prepare('INSERT OR REPLACE INTO sending (key, body) VALUES (?, ?)');

  function load<T>(key: string): T | undefined {
    const found = row.get(key);
    return found && JSON.parse(String(found.body));
  }

  return {
    home: async () => HOME,
    get: async () => load<Switch>('switch'),
    async put(next, expected) {
      mustFollow(next, expected);
      return transact(db, () => {
        if ((load<Switch>('switch')?.version ?? 0) !== expected) return false;
        save.run('switch', JSON.stringify(next));
        return true;
      });
    },
    async count(period, more) {
      return transact(db, () => {
        const before = load<Tally>(`tally#${period}`) ?? NONE;
        const after = plus(before, more);
        save.run(`tally#${period}`, JSON.stringify(after));
        return after;
      });
    },
    tally: async (period) => load<Tally>(`tally#${period}`) ?? NONE,
    async reserve(sends, perSecond, now) {
      return transact(db, () => {
        const start = Math.max(now, load<number>('pace') ?? 0);
        save.run('pace', JSON.stringify(start + Math.ceil((sends * 1000) / perSecond)));
        return start;
      });
    },
  };
}

function plus(before: Tally, more: Partial<Tally>): Tally {
  const sum = (key: keyof Tally) => before[key] + (more[key] ?? 0);
  return { sent: sum('sent'), bounced: sum('bounced'), complained: sum('complained'), delayed: sum('delayed') };
}
