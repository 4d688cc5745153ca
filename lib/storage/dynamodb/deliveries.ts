import type { Delivery, DeliveryStatus } from '../../delivery/model.ts';
import type { DeliveryStore } from '../../delivery/ports.ts';
import type { Instant } from '../../types.ts';
import { expiry, LEDGER_DAYS } from '../retention.ts';
import { assign } from './expressions.ts';
import { partitionOf, walk } from './partitions.ts';
import { rowsOf } from './query.ts';
import { IF_NEW, type Key, type Outcome, type Table } from './table.ts';

/** So many that none takes 1 % of an edition's writes; the ledger notes which of them an edition uses. */
const PARTITIONS = 1024;
const WRITES_AT_ONCE = 32;

export function deliveryStore(table: Table): DeliveryStore {
  async function get(editionId: string, subscriberId: string): Promise<Delivery | undefined> {
    const row = await table.get(rowKey(editionId, subscriberId));
    return row?.data as Delivery | undefined;
  }

  return {
    get,
    async plan(editionId, subscriberIds, now) {
      await open(table, editionId, new Set(subscriberIds.map(partition)));
      for (let from = 0; from < subscriberIds.length; from += WRITES_AT_ONCE) {
        const some = subscriberIds.slice(from, from + WRITES_AT_ONCE);
        await Promise.all(some.map((subscriberId) => add(table, editionId, subscriberId, now)));
      }
    },
    async claim(editionId, subscriberId, attemptId, now) {
      const fields = { status: 'sending', attemptId, at: now } as const;
      const { written, repeated } = await move(table, rowKey(editionId, subscriberId), ['planned'], fields);
      return written || (repeated && (await get(editionId, subscriberId))?.attemptId === attemptId);
    },
    async settle({ editionId, subscriberId, from, to, now, ...facts }) {
      if (from.length === 0) return false;
      const fields = { ...facts, status: to, at: now };
      return (await move(table, rowKey(editionId, subscriberId), from, fields, facts.attemptId)).written;
    },
    async page(editionId, cursor) {
      const names = [...(await opened(table, editionId))].sort();
      const rows = await walk(names, cursor, (name, start) => table.query(rowsOf(ledger(editionId, name), start)));
      return { ...rows, items: rows.items.map((row) => row.data as Delivery) };
    },
  };
}

async function add(table: Table, editionId: string, subscriberId: string, now: Instant): Promise<void> {
  const data: Delivery = { editionId, subscriberId, status: 'planned', at: now };
  await table.put({ ...rowKey(editionId, subscriberId), data, expires: expiry(now, LEDGER_DAYS) }, IF_NEW);
}

function move(
  table: Table,
  key: Key,
  from: readonly DeliveryStatus[],
  fields: Partial<Delivery>,
  attemptId?: string,
): Promise<Outcome> {
  const change = assign('data', fields);
  const froms = Object.fromEntries(from.map((status, index) => [`:from${index}`, status]));
  const attempt = attemptId === undefined ? '' : ' AND #root.#attemptId = :attemptId';
  return table.update(key, {
    UpdateExpression: change.text,
    ConditionExpression: `#root.#status IN (${Object.keys(froms).join(', ')})${attempt}`,
    ExpressionAttributeNames: change.names,
    ExpressionAttributeValues: { ...change.values, ...froms },
  });
}

/** Notes the partitions before they hold a row, so that a page never misses one; no write when all are known. */
async function open(table: Table, editionId: string, needed: ReadonlySet<string>): Promise<void> {
  const fresh = needed.difference(await opened(table, editionId));
  if (fresh.size === 0) return;
  await table.update(openKey(editionId), {
    UpdateExpression: 'ADD #partitions :fresh',
    ExpressionAttributeNames: { '#partitions': 'partitions' },
    ExpressionAttributeValues: { ':fresh': fresh },
  });
}

async function opened(table: Table, editionId: string): Promise<ReadonlySet<string>> {
  const row = await table.get(openKey(editionId));
  return (row?.partitions as Set<string> | undefined) ?? new Set();
}

function openKey(editionId: string): Key {
  return { pk: `EDITION#${editionId}`, sk: 'LEDGER' };
}

function rowKey(editionId: string, subscriberId: string): Key {
  return { pk: ledger(editionId, partition(subscriberId)), sk: subscriberId };
}

function ledger(editionId: string, partition: string): string {
  return `LEDGER#${editionId}#${partition}`;
}

function partition(subscriberId: string): string {
  return partitionOf(subscriberId, PARTITIONS);
}
