import type { FeedState, Item } from '../../feeds/model.ts';
import type { FeedStore } from '../../feeds/ports.ts';
import { sha256 } from '../../sha256.ts';
import { expiry, ITEM_DAYS, RENEW_AFTER_DAYS } from '../retention.ts';
import { partitionOf, partitions, walk } from './partitions.ts';
import { drain, rowsOf, startingAt } from './query.ts';
import { TABLE } from './schema.ts';
import { IF_NEW, type Key, type Row, type Table } from './table.ts';

const FEEDS = 'FEEDS';
const PARTITIONS = 16;

export function feedStore(table: Table): FeedStore {
  return {
    async getState(url) {
      const row = await table.get(stateKey(url));
      return row?.data as FeedState | undefined;
    },
    async putState(state) {
      await table.put({ ...stateKey(state.url), data: state });
    },
    async listStates() {
      const rows = await drain((start) => table.query(rowsOf(FEEDS, start)));
      return rows.map((row) => row.data as FeedState);
    },
    async putItem(item) {
      const stored = await table.get(itemKey(item.key));
      if (stored?.hash === item.hash) {
        await renew(table, item, Number(stored.expires));
        return 'same';
      }
      return stored ? change(table, item) : add(table, item);
    },
    async getItem(key) {
      const row = await table.get(itemKey(key));
      return row && toItem(row);
    },
    async itemsSince(since, cursor) {
      const page = await walk(partitions(PARTITIONS), cursor, (partition, start) =>
        table.query({
          IndexName: TABLE.byTime.name,
          KeyConditionExpression: 'pk = :pk AND firstSeen >= :since',
          ExpressionAttributeValues: { ':pk': `ITEMS#${partition}`, ':since': since },
          ConsistentRead: true,
          ...startingAt(start),
        }),
      );
      return { ...page, items: page.items.map(toItem) };
    },
  };
}

async function add(table: Table, item: Item): Promise<'new' | 'changed' | 'same'> {
  const { firstSeen, backlog, hash } = item;
  const row = { ...itemKey(item.key), firstSeen, backlog, hash, expires: expiry(firstSeen, ITEM_DAYS), data: item };
  return (await table.put(row, IF_NEW)).written ? 'new' : change(table, item);
}

async function change(table: Table, item: Item): Promise<'changed' | 'same'> {
  const edited: Item = { ...item, changed: item.firstSeen };
  const { written } = await table.update(itemKey(item.key), {
    UpdateExpression: 'SET #data = :data, #hash = :hash, expires = :expires',
    ConditionExpression: '#hash <> :hash',
    ExpressionAttributeNames: { '#data': 'data', '#hash': 'hash' },
    ExpressionAttributeValues: { ':data': edited, ':hash': item.hash, ':expires': expiry(item.firstSeen, ITEM_DAYS) },
  });
  return written ? 'changed' : 'same';
}

async function renew(table: Table, item: Item, stored: number): Promise<void> {
  if (stored >= expiry(item.firstSeen, ITEM_DAYS - RENEW_AFTER_DAYS)) return;
  await table.update(itemKey(item.key), {
    UpdateExpression: 'SET expires = :expires',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':expires': expiry(item.firstSeen, ITEM_DAYS) },
  });
}

/** A feed's URL may be longer than a sort key may be. */
function stateKey(url: string): Key {
  return { pk: FEEDS, sk: sha256(url) };
}

function itemKey(key: string): Key {
  return { pk: `ITEMS#${partitionOf(key, PARTITIONS)}`, sk: key };
}

/** An edit replaces `data`; when an item was first seen, and whether as backlog, stays in the row's own attributes. */
function toItem({ data, firstSeen, backlog }: Row): Item {
  return { ...(data as Item), firstSeen: String(firstSeen), backlog: backlog === true };
}
