import type { Subscriber } from '../../subscriptions/model.ts';
import type { Appointment, SubscriberStore } from '../../subscriptions/ports.ts';
import { hasAppointment } from '../appointment.ts';
import { mustFollow } from '../version.ts';
import { partitionOf, partitions, walk } from './partitions.ts';
import { drain, rowsOf, startingAt } from './query.ts';
import { isSame } from './same.ts';
import { TABLE } from './schema.ts';
import { IF_NEW, type Key, type Row, type Table } from './table.ts';

const PARTITIONS = 16;
const PAGE = 500;
const WRITES_AT_ONCE = 32;
const APPOINTMENTS = 'APPOINTMENTS';

export function subscriberStore(table: Table): SubscriberStore {
  const met = new Set<string>();

  /** Before the reader's own row: an appointment without readers costs a query, a reader without one gets no mail. */
  async function meet({ cadence, zone, hour }: Appointment): Promise<void> {
    const sk = name({ cadence, zone, hour });
    if (met.has(sk)) return;
    await table.put({ pk: APPOINTMENTS, sk, data: { cadence, zone, hour } }, IF_NEW);
    met.add(sk);
  }

  async function get(id: string): Promise<Subscriber | undefined> {
    const row = await table.get(keyOf(id));
    return row?.data as Subscriber | undefined;
  }

  async function put(next: Subscriber, expected: number): Promise<boolean> {
    mustFollow(next, expected);
    if (hasAppointment(next)) await meet(next.preferences);
    const { written, repeated } = await table.put(toRow(next), expected === 0 ? IF_NEW : ifVersion(expected));
    return written || (repeated && (await isSame(await get(next.id), next)));
  }

  return {
    get,
    put,
    async createMany(subscribers) {
      const existing: string[] = [];
      for (let from = 0; from < subscribers.length; from += WRITES_AT_ONCE) {
        const some = subscribers.slice(from, from + WRITES_AT_ONCE);
        const written = await Promise.all(some.map((each) => put(each, 0)));
        existing.push(...some.filter((_, index) => !written[index]).map(({ id }) => id));
      }
      return existing;
    },
    async remove(id) {
      await table.remove(keyOf(id));
    },
    async appointments() {
      const rows = await drain((start) => table.query(rowsOf(APPOINTMENTS, start)));
      return rows.map((row) => row.data as Appointment);
    },
    async dueReaders(appointment, cursor) {
      const start: Row | undefined = cursor ? JSON.parse(cursor) : undefined;
      const { rows, last } = await table.query({
        IndexName: TABLE.listing.name,
        KeyConditionExpression: 'listingPk = :due',
        ExpressionAttributeValues: { ':due': due(appointment) },
        Limit: PAGE,
        ...startingAt(start),
      });
      const items = rows.map((row) => ({
        id: String(row.sk),
        preferences: row.preferences as Subscriber['preferences'],
      }));
      return last ? { items, next: JSON.stringify(last) } : { items };
    },
    async list(cursor) {
      const page = await walk(partitions(PARTITIONS), cursor, (partition, start) =>
        table.query({ ...rowsOf(`READERS#${partition}`, start), Limit: PAGE }),
      );
      return { ...page, items: page.items.map((row) => row.data as Subscriber) };
    },
  };
}

function toRow(subscriber: Subscriber): Key & Row {
  const { id, version, preferences } = subscriber;
  const row = { ...keyOf(id), version, data: subscriber };
  if (!hasAppointment(subscriber)) return row;
  return { ...row, preferences, [TABLE.listing.pk]: due(preferences), [TABLE.listing.sk]: id };
}

function ifVersion(expected: number) {
  return { ConditionExpression: 'version = :expected', ExpressionAttributeValues: { ':expected': expected } };
}

function keyOf(id: string): Key {
  return { pk: `READERS#${partitionOf(id, PARTITIONS)}`, sk: id };
}

function due(appointment: Appointment): string {
  return `DUE#${name(appointment)}`;
}

function name({ cadence, zone, hour }: Appointment): string {
  return `${cadence}#${zone}#${String(hour).padStart(2, '0')}`;
}
