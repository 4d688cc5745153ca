import type { DatabaseSync } from 'node:sqlite';
import type { Delivery } from '../../delivery/model.ts';
import type { DeliveryStore } from '../../delivery/ports.ts';
import { PAGE, read, toPage } from './rows.ts';
import { transact } from './transact.ts';

export function deliveryStore(db: DatabaseSync): DeliveryStore {
  const insert = db.prepare(
    'INSERT INTO deliveries (edition_id, subscriber_id, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const row = db.prepare('SELECT body FROM deliveries WHERE edition_id = ? AND subscriber_id = ?');
  const after = db.prepare(`
    SELECT subscriber_id, body FROM deliveries WHERE edition_id = ? AND subscriber_id > ?
    ORDER BY subscriber_id LIMIT ${PAGE + 1}`);
  const move = db.prepare(`
    UPDATE deliveries SET body = json_patch(body, ?1) WHERE edition_id = ?2 AND subscriber_id = ?3
    AND status IN (SELECT value FROM json_each(?4)) AND (?5 IS NULL OR attempt_id = ?5)`);

  return {
    async plan(editionId, subscriberIds, at) {
      transact(db, () => {
        for (const subscriberId of subscriberIds) {
          const planned: Delivery = { editionId, subscriberId, status: 'planned', at };
          insert.run(editionId, subscriberId, JSON.stringify(planned));
        }
      });
    },
    async claim(editionId, subscriberId, attemptId, at) {
      const patch = { status: 'sending', attemptId, at };
      return move.run(JSON.stringify(patch), editionId, subscriberId, '["planned"]', null).changes > 0;
    },
    async settle({ editionId, subscriberId, from, to, now, ...facts }) {
      const patch = { ...facts, status: to, at: now };
      const condition = [JSON.stringify(from), facts.attemptId ?? null];
      return move.run(JSON.stringify(patch), editionId, subscriberId, ...condition).changes > 0;
    },
    async get(editionId, subscriberId) {
      const found = row.get(editionId, subscriberId);
      return found && read<Delivery>(found);
    },
    async page(editionId, cursor = '') {
      return toPage(after.all(editionId, cursor), PAGE, read<Delivery>, (last) => String(last.subscriber_id));
    },
  };
}
