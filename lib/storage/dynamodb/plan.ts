import { sha256 } from '../../sha256.ts';
import type { Instant } from '../../types.ts';
import { expiry, PLAN_DAYS } from '../retention.ts';
import { drain, rowsOf, startingAt } from './query.ts';
import { IF_NEW, type Key, type Row, type Table } from './table.ts';

/** Before every reader in the order of a partition, so a listing sees the plan before the rows that came of it. */
const CHUNK = '#';
/** References of so many readers take 17 KB. */
const MOST = 500;

/** Who is planned, and since when. */
export type Plan = ReadonlyMap<string, Instant>;

/**
 * Writes down that these readers are planned: one row for all, a write unit for 30 of them. A chunk is named by its
 * content and never changed, so that writing it again is harmless and another audience is another chunk; a reader may
 * be in several.
 */
export async function writePlan(table: Table, pk: string, readers: readonly string[], now: Instant): Promise<void> {
  for (let from = 0; from < readers.length; from += MOST) {
    const some = readers.slice(from, from + MOST).sort();
    const row = { ...chunkKey(pk, some), readers: some, at: now, expires: expiry(now, PLAN_DAYS) };
    await table.put(row, IF_NEW);
  }
}

/** All who are planned in a partition of the ledger; consistent. */
export async function readPlan(table: Table, pk: string): Promise<Plan> {
  const chunks = {
    ...rowsOf(pk),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :chunk)',
    ExpressionAttributeValues: { ':pk': pk, ':chunk': CHUNK },
  };
  return planOf(await drain((start) => table.query({ ...chunks, ...startingAt(start) })));
}

export function isChunk({ readers }: Row): boolean {
  return readers !== undefined;
}

/** A reader in several chunks is planned since the first. */
export function planOf(chunks: readonly Row[]): Plan {
  const plan = new Map<string, Instant>();
  for (const { readers, at } of chunks)
    for (const reader of readers as readonly string[]) {
      const known = plan.get(reader);
      if (known === undefined || String(at) < known) plan.set(reader, String(at));
    }
  return plan;
}

function chunkKey(pk: string, readers: readonly string[]): Key {
  return { pk, sk: `${CHUNK}${sha256(readers.join(' ')).slice(0, 32)}` };
}
