import type { DatabaseSync } from 'node:sqlite';
import type { FeedState, Item } from '../../feeds/model.ts';
import type { FeedStore } from '../../feeds/ports.ts';
import { epochSeconds, expiry, ITEM_DAYS, RENEW_AFTER_DAYS } from '../retention.ts';
import { PAGE, type Row, read, toPage } from './rows.ts';

export function feedStore(db: DatabaseSync): FeedStore {
  const state = db.prepare('SELECT body FROM feeds WHERE url = ?');
  const states = db.prepare('SELECT body FROM feeds ORDER BY url');
  const saveState = db.prepare(
    'INSERT INTO feeds (url, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
  );
  const item = db.prepare('SELECT body FROM items WHERE key = ?');
  const insert = db.prepare('INSERT INTO items (key, body, expires) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const update = db.prepare(`
    UPDATE items SET body = json_set(?, '$.changed', ?, '$.firstSeen', body ->> 'firstSeen', '$.backlog', json(body -> 'backlog'))
    WHERE key = ? AND hash <> ?`);
  const prune = db.prepare('DELETE FROM items WHERE expires < ?');
  const renew = db.prepare('UPDATE items SET expires = ? WHERE key = ? AND expires < ?');
  const since = db.prepare(`
    SELECT key, first_seen, body FROM items WHERE first_seen >= ? AND (first_seen, key) > (?, ?)
    ORDER BY first_seen, key LIMIT ${PAGE + 1}`);

  return {
    async getState(url) {
      const row = state.get(url);
      return row && read<FeedState>(row);
    },
    async putState(next) {
      saveState.run(next.url, JSON.stringify(next));
    },
    async listStates() {
      return states.all().map(read<FeedState>);
    },
    async putItem(next) {
      const body = JSON.stringify(next);
      const expires = expiry(next.firstSeen, ITEM_DAYS);
      if (insert.run(next.key, body, expires).changes > 0) {
        prune.run(epochSeconds(next.firstSeen));
        return 'new';
      }
      renew.run(expires, next.key, expiry(next.firstSeen, ITEM_DAYS - RENEW_AFTER_DAYS));
      return update.run(body, next.firstSeen, next.key, next.hash).changes > 0 ? 'changed' : 'same';
    },
    async getItem(key) {
      const row = item.get(key);
      return row && read<Item>(row);
    },
    async itemsSince(from, cursor) {
      const [time = '', key = ''] = cursor?.split(' ') ?? [];
      return toPage(since.all(from, time, key), PAGE, read<Item>, position);
    },
  };
}

function position(row: Row): string {
  return `${row.first_seen} ${row.key}`;
}
