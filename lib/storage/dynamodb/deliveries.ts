import type { Delivery, DeliveryStatus } from '../../delivery/model.ts';
import type { DeliveryStore } from '../../delivery/ports.ts';
import type { Instant } from '../../types.ts';
import { expiry, LEDGER_DAYS } from '../retention.ts';
import { assign } from './expressions.ts';
import { isChunk, type Plan, planOf, readPlan, writePlan } from './plan.ts';
import { drain, rowsOf } from './query.ts';
import { TABLE } from './schema.ts';
import { IF_NEW, type Key, type Outcome, type Row, type Table } from './table.ts';

const REQUESTS_AT_ONCE = 32;
/** Partitions in one page of a listing. */
const WIDTH = 8;

/**
 * A planned reader stands in a chunk (`plan.ts`) and has no row; the first to move the reader on makes the row. From
 * then on the row alone counts, and no row ever goes while its edition can be sent.
 */
export function deliveryStore(table: Table): DeliveryStore {
  const planned = remember(table);

  async function get(editionId: string, subscriberId: string): Promise<Delivery | undefined> {
    const key = rowKey(editionId, subscriberId);
    const row = await table.get(key);
    if (row) return toDelivery(editionId, row);
    const at = await planned(key);
    return at === undefined ? undefined : { editionId, subscriberId, status: 'planned', at };
  }

  /** A row that is there decides by its status; only where there is none the plan counts. */
  async function move(key: Key, { from, fields, attemptId }: Move): Promise<Outcome> {
    const made = from.includes('planned') && attemptId === undefined ? await make(key, fields) : NOTHING;
    if (made.written) return made;
    const { repeated, ...moved } = await update(table, key, { from, fields, attemptId });
    return { ...moved, repeated: repeated || made.repeated };
  }

  /** Makes the row of a planned reader. Nobody is ever taken off a plan, so having seen the reader there is enough. */
  async function make(key: Key, fields: Fields): Promise<Outcome> {
    const since = await planned(key);
    if (since === undefined) return NOTHING;
    return table.put({ ...key, data: fields, expires: expiry(since, LEDGER_DAYS) }, IF_NEW);
  }

  return {
    get,
    async plan(editionId, subscriberIds, now) {
      const groups = Map.groupBy(new Set(subscriberIds), partition);
      await open(table, editionId, new Set(groups.keys()), now);
      const chunks = [...groups];
      for (let from = 0; from < chunks.length; from += REQUESTS_AT_ONCE) {
        const some = chunks.slice(from, from + REQUESTS_AT_ONCE);
        await Promise.all(some.map(([name, readers]) => writePlan(table, ledger(editionId, name), readers, now)));
      }
    },
    async claim(editionId, subscriberId, attemptId, now) {
      const fields = { status: 'sending', attemptId, at: now } as const;
      const { written, repeated } = await move(rowKey(editionId, subscriberId), { from: ['planned'], fields });
      return written || (repeated && (await get(editionId, subscriberId))?.attemptId === attemptId);
    },
    async settle({ editionId, subscriberId, from, to, now, ...facts }) {
      if (from.length === 0) return false;
      const fields = { ...facts, status: to, at: now };
      return (await move(rowKey(editionId, subscriberId), { from, fields, attemptId: facts.attemptId })).written;
    },
    async page(editionId, cursor = '') {
      const names = [...(await opened(table, editionId))].filter((name) => name > cursor).sort();
      const some = names.slice(0, WIDTH);
      const lists = some.map((name) => drain((start) => table.query(rowsOf(ledger(editionId, name), start))));
      const items = (await Promise.all(lists)).flatMap((rows) => everyone(editionId, rows));
      const last = some.at(-1);
      return names.length > some.length && last !== undefined ? { items, next: last } : { items };
    },
  };
}

/** What a move sets; since when the row is as it is, always. */
type Fields = Partial<Delivery> & Pick<Delivery, 'at'>;

interface Move {
  readonly from: readonly DeliveryStatus[];
  readonly fields: Fields;
  /** Moves on only what this attempt has. */
  readonly attemptId?: string | undefined;
}

const NOTHING: Outcome = { written: false, repeated: false, attributes: {} };

/** Since when a reader is planned. A job names readers of one partition in a row: it is read once for all of them. */
function remember(table: Table): (key: Key) => Promise<Instant | undefined> {
  let last: { readonly pk: string; readonly plan: Plan } = { pk: '', plan: new Map() };
  return async ({ pk, sk }) => {
    const { plan } = last.pk === pk && last.plan.has(sk) ? last : { plan: await readPlan(table, pk) };
    last = { pk, plan };
    return plan.get(sk);
  };
}

function update(table: Table, key: Key, { from, fields, attemptId }: Move): Promise<Outcome> {
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

/** A partition's readers, each once: by their rows, and those that have none yet by the plan. */
function everyone(editionId: string, rows: readonly Row[]): readonly Delivery[] {
  const moved = rows.filter((row) => !isChunk(row)).map((row) => toDelivery(editionId, row));
  const known = new Set(moved.map(({ subscriberId }) => subscriberId));
  const plan = [...planOf(rows.filter(isChunk))].filter(([subscriberId]) => !known.has(subscriberId));
  return [...moved, ...plan.map(([subscriberId, at]) => ({ editionId, subscriberId, status: 'planned', at }) as const)];
}

/** What the key says is not stored twice: the ledger is most of what is stored. */
function toDelivery(editionId: string, { sk, data }: Row): Delivery {
  return { ...(data as Omit<Delivery, 'editionId' | 'subscriberId'>), editionId, subscriberId: String(sk) };
}

/**
 * Notes the partitions before they hold a row, so that a page never misses one; no write when all are known. Kept as long
 * as the rows: each letter has such a note, too.
 */
async function open(table: Table, editionId: string, needed: ReadonlySet<string>, now: Instant): Promise<void> {
  const fresh = needed.difference(await opened(table, editionId));
  if (fresh.size === 0) return;
  await table.update(openKey(editionId), {
    UpdateExpression: 'ADD #partitions :fresh SET #expires = :expires',
    ExpressionAttributeNames: { '#partitions': 'partitions', '#expires': TABLE.ttl },
    ExpressionAttributeValues: { ':fresh': fresh, ':expires': expiry(now, LEDGER_DAYS) },
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

/**
 * Ids are hashes and readers are listed in their order, so a page of readers lies in few of these 256 partitions, and
 * none of them takes 1 % of a large edition's writes.
 */
function partition(subscriberId: string): string {
  return subscriberId.slice(0, 2);
}
