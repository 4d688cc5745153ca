import { type Edits, editsState } from '../../editions/edits.ts';
import type { EditionRecord, EditionStore, EditionSummary } from '../../editions/ports.ts';
import { isEditionId, readPlace, writePlace } from '../edition-place.ts';
import { assign } from './expressions.ts';
import { pack, unpack } from './packing.ts';
import { drain, rowsOf, startingAt } from './query.ts';
import { TABLE } from './schema.ts';
import { IF_NEW, type Key, type Row, type Table } from './table.ts';

const HEAD = 'HEAD';
const EDITIONS = 'EDITIONS';

/** The parts of an edition come first, each named by its content; the head makes them an edition. */
export function editionStore(table: Table): EditionStore {
  return {
    async create(edition, message) {
      const { id, dueAt, counts } = edition;
      const parts = pack({ edition, message });
      await Promise.all(parts.map(({ name, bytes }) => table.put({ ...partKey(id, name), bytes })));
      const summary: EditionSummary = {
        id,
        dueAt,
        status: 'composed',
        subject: message.subject,
        stories: counts.stories,
      };
      const listed = { [TABLE.listing.pk]: EDITIONS, [TABLE.listing.sk]: writePlace({ dueAt, id }) };
      const head = { ...headKey(id), ...listed, summary, parts: parts.map(({ name }) => name) };
      return (await table.put(head, IF_NEW)).written;
    },
    async get(id) {
      if (!isEditionId(id)) return undefined;
      const rows = await drain((start) => table.query(rowsOf(partition(id), start)));
      const head = rows.find((row) => row.sk === HEAD);
      return head && record(head, rows);
    },
    async list(limit, cursor) {
      const { rows, last } = await table.query({
        IndexName: TABLE.listing.name,
        KeyConditionExpression: 'listingPk = :editions',
        ExpressionAttributeValues: { ':editions': EDITIONS },
        ScanIndexForward: false,
        Limit: limit,
        ...startingAt(startKey(cursor)),
      });
      const items = rows.map((row) => row.summary as EditionSummary);
      return last ? { items, next: String(last[TABLE.listing.sk]) } : { items };
    },
    async edits(slot) {
      if (!isEditionId(slot)) return undefined;
      return (await table.get(editsKey(slot)))?.edits as Edits | undefined;
    },
    async saveEdits(slot, edits, before) {
      const state = editsState(edits);
      const { written, repeated } = await table.put(
        { ...editsKey(slot), edits, state },
        before ? ifStill(before) : IF_NEW,
      );
      return written || (repeated && state === (await table.get(editsKey(slot)))?.state);
    },
    async advance(id, from, to, audience) {
      const change = assign('summary', { status: to, audience });
      const { written } = await table.update(headKey(id), {
        UpdateExpression: change.text,
        ConditionExpression: '#root.#status = :from',
        ExpressionAttributeNames: change.names,
        ExpressionAttributeValues: { ...change.values, ':from': from },
      });
      return written;
    },
  };
}

function record(head: Row, rows: readonly Row[]): EditionRecord {
  const bytes = new Map(rows.map((row) => [row.sk, row.bytes as Uint8Array]));
  const parts = (head.parts as readonly string[]).map((name) => bytes.get(`PART#${name}`) ?? new Uint8Array());
  const { status, audience } = head.summary as EditionSummary;
  const kept: Pick<EditionRecord, 'edition' | 'message'> = unpack(parts);
  return { ...kept, status, ...(audience === undefined ? {} : { audience }) };
}

function startKey(cursor: string | undefined): Row | undefined {
  const place = readPlace(cursor);
  return place && { ...headKey(place.id), [TABLE.listing.pk]: EDITIONS, [TABLE.listing.sk]: writePlace(place) };
}

function partition(id: string): string {
  return `EDITION#${id}`;
}

function headKey(id: string): Key {
  return { pk: partition(id), sk: HEAD };
}

/** A row of an older program does not say its state: the first to write says it. */
function ifStill(before: Edits) {
  return {
    ConditionExpression: '#state = :before OR (attribute_exists(pk) AND attribute_not_exists(#state))',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':before': editsState(before) },
  };
}

function editsKey(slot: string): Key {
  return { pk: partition(slot), sk: 'EDITS' };
}

function partKey(id: string, name: string): Key {
  return { pk: partition(id), sk: `PART#${name}` };
}
