import type { Limit, LimitStore } from '../../subscriptions/ports.ts';
import { limitExpiry } from '../retention.ts';
import type { Key, Table } from './table.ts';

/** Hits that no limit looks at any more are dropped when there are this many. */
const SPARE = 50;

/**
 * Keeps the times of the newest events per key, newest first: a limit is met while its `max`th lies in its window.
 * So one condition on list elements decides, and DynamoDB evaluates it alone: no read before, no second try.
 */
export function limitStore(table: Table): LimitStore {
  return {
    async take(key, limits, now) {
      if (limits.some(({ max }) => max < 1)) return false;
      const row: Key = { pk: `LIMIT#${key}`, sk: 'LIMIT' };
      const { written, attributes } = await table.update(row, taking(limits, now));
      const hits = (attributes.hits as readonly number[] | undefined) ?? [];
      if (written) await trim(table, row, Math.max(0, ...limits.map(({ max }) => max)), hits.length);
      return written;
    },
  };
}

function taking(limits: readonly Limit[], now: string): Parameters<Table['update']>[1] {
  const time = Date.parse(now);
  const conditions = limits.map(
    ({ max }, index) => `(attribute_not_exists(hits[${max - 1}]) OR hits[${max - 1}] <= :start${index})`,
  );
  const starts = limits.map(({ seconds }, index) => [`:start${index}`, time - seconds * 1000]);
  return {
    UpdateExpression: 'SET hits = list_append(:hit, if_not_exists(hits, :none)), expires = :expires',
    ...(conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') }),
    ExpressionAttributeValues: {
      ':hit': [time],
      ':none': [],
      ':expires': limitExpiry(now, limits),
      ...Object.fromEntries(starts),
    },
    ReturnValues: 'UPDATED_NEW',
  };
}

/** Hits move down as newer ones come, never up: what lies beyond `keep` now is not needed later either. */
async function trim(table: Table, row: Key, keep: number, length: number): Promise<void> {
  if (length < keep + SPARE) return;
  const old = Array.from({ length: SPARE }, (_, index) => `hits[${keep + index}]`);
  await table.update(row, { UpdateExpression: `REMOVE ${old.join(', ')}` });
}
