import type { Switch, Tally } from '../../delivery/model.ts';
import type { SendingStore } from '../../delivery/ports.ts';
import { mustFollow } from '../version.ts';
import { isSame } from './same.ts';
import { IF_NEW, type Key, type Row, type Table } from './table.ts';

const PK = 'SENDING';
const SWITCH: Key = { pk: PK, sk: 'SWITCH' };
const PACE: Key = { pk: PK, sk: 'PACE' };
const COUNTED = ['sent', 'bounced', 'complained', 'delayed'] as const;
/** Two writes are one reservation; more only when others reserve at the very moment that the line is empty. */
const MOST_TRIES = 10;

export function sendingStore(table: Table): SendingStore {
  async function get(): Promise<Switch | undefined> {
    return (await table.get(SWITCH))?.data as Switch | undefined;
  }

  /** Moves the end of the line on; undefined when the condition does not hold. */
  async function move(start: string, condition: string, values: Row): Promise<number | undefined> {
    const { written, attributes } = await table.update(PACE, {
      UpdateExpression: `SET #end = ${start} + :span`,
      ConditionExpression: condition,
      ExpressionAttributeNames: { '#end': 'end' },
      ExpressionAttributeValues: values,
      ReturnValues: 'UPDATED_NEW',
    });
    return written ? Number(attributes.end) : undefined;
  }

  let home: Promise<string> | undefined;

  return {
    async home() {
      home ??= table.identity();
      return home.catch((error: unknown) => {
        home = undefined;
        throw error;
      });
    },
    get,
    async put(next, expected) {
      mustFollow(next, expected);
      const { written, repeated } = await table.put({ ...SWITCH, data: next }, expected === 0 ? IF_NEW : at(expected));
      return written || (repeated && (await isSame(await get(), next)));
    },
    async count(period, more) {
      const given = Object.entries(more).filter(([, number]) => number > 0);
      if (given.length === 0) return tallyOf(await table.get(tallyKey(period)));
      const { attributes } = await table.update(tallyKey(period), {
        UpdateExpression: `ADD ${given.map(([name]) => `#${name} :${name}`)}`,
        ExpressionAttributeNames: Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(given.map(([name, number]) => [`:${name}`, number])),
        ReturnValues: 'ALL_NEW',
      });
      return tallyOf(attributes);
    },
    tally: async (period) => tallyOf(await table.get(tallyKey(period))),
    async reserve(sends, perSecond, now) {
      const span = Math.ceil((sends * 1000) / perSecond);
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const end =
          (await move('#end', '#end >= :now', { ':span': span, ':now': now })) ??
          (await move(':now', 'attribute_not_exists(#end) OR #end < :now', { ':span': span, ':now': now }));
        if (end !== undefined) return end - span;
      }
      throw new Error('The line of sends changes faster than room in it can be reserved.');
    },
  };
}

function tallyKey(period: string): Key {
  return { pk: PK, sk: `TALLY#${period}` };
}

function tallyOf(row: Row | undefined): Tally {
  const [sent = 0, bounced = 0, complained = 0, delayed = 0] = COUNTED.map((name) => Number(row?.[name] ?? 0));
  return { sent, bounced, complained, delayed };
}

function at(version: number) {
  return {
    ConditionExpression: '#data.#version = :version',
    ExpressionAttributeNames: { '#data': 'data', '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  };
}
