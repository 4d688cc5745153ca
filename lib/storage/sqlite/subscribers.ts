import type { DatabaseSync } from 'node:sqlite';
import type { Subscriber } from '../../subscriptions/model.ts';
import type { Appointment, SubscriberStore } from '../../subscriptions/ports.ts';
import { hasAppointment } from '../appointment.ts';
import { mustFollow } from '../version.ts';
import { PAGE, read, toPage } from './rows.ts';
import { transact } from './transact.ts';

export function subscriberStore(db: DatabaseSync): SubscriberStore {
  const row = db.prepare('SELECT body FROM subscribers WHERE id = ?');
  const insert = db.prepare('INSERT INTO subscribers (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const update = db.prepare('UPDATE subscribers SET body = ? WHERE id = ? AND version = ?');
  const erase = db.prepare('DELETE FROM subscribers WHERE id = ?');
  const all = db.prepare(`SELECT id, body FROM subscribers WHERE id > ? ORDER BY id LIMIT ${PAGE + 1}`);
  const due = db.prepare(`
    SELECT id, body FROM subscribers WHERE status IN ('active', 'paused') AND cadence = ? AND zone = ? AND hour = ? AND id > ?
    ORDER BY id LIMIT ${PAGE + 1}`);
  const meet = db.prepare('INSERT INTO appointments (cadence, zone, hour) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const met = db.prepare('SELECT cadence, zone, hour FROM appointments ORDER BY cadence, zone, hour');

  function save(next: Subscriber, expected: number): boolean {
    const body = JSON.stringify(next);
    const { changes } = expected === 0 ? insert.run(next.id, body) : update.run(body, next.id, expected);
    if (changes === 0) return false;
    const { cadence, zone, hour } = next.preferences;
    if (hasAppointment(next)) meet.run(cadence, zone, hour);
    return true;
  }

  return {
    async get(id) {
      const found = row.get(id);
      return found && read<Subscriber>(found);
    },
    async put(next, expected) {
      mustFollow(next, expected);
      return transact(db, () => save(next, expected));
    },
    async createMany(subscribers) {
      for (const subscriber of subscribers) mustFollow(subscriber, 0);
      return transact(db, () => subscribers.filter((each) => !save(each, 0)).map(({ id }) => id));
    },
    async remove(id) {
      erase.run(id);
    },
    async appointments() {
      return met.all().map((found) => ({ ...found }) as unknown as Appointment);
    },
    async dueReaders({ cadence, zone, hour }, cursor = '') {
      return toPage(due.all(cadence, zone, hour, cursor), PAGE, reader, (last) => String(last.id));
    },
    async list(cursor = '') {
      return toPage(all.all(cursor), PAGE, read<Subscriber>, (last) => String(last.id));
    },
  };
}

function reader(found: Parameters<typeof read>[0]): Pick<Subscriber, 'id' | 'preferences'> {
  const { id, preferences } = read<Subscriber>(found);
  return { id, preferences };
}
