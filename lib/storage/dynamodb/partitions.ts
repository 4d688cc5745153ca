import { createHash } from 'node:crypto';
import type { Page } from '../../types.ts';
import type { Row, RowPage } from './table.ts';

/**
 * One partition takes 1,000 writes a second. Rows that are written by the thousand are therefore spread over `count`
 * partitions by a hash of their id, and a listing walks the partitions.
 */
export function partitionOf(id: string, count: number): string {
  return name(createHash('sha256').update(id).digest().readUInt32BE() % count);
}

/** All of them, in order. */
export function partitions(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => name(index));
}

function name(index: number): string {
  return index.toString(16).padStart(3, '0');
}

/** Partitions that are read at once. */
const WIDTH = 16;

interface Position {
  /** Partitions begun and not finished, with where to go on. */
  readonly open: readonly (readonly [string, Row])[];
  /** The last one begun. */
  readonly begun: string;
}

/**
 * One page of rows from many partitions: the next piece of some that are open, and the first of some new ones.
 * @param names of all partitions, ascending
 */
export async function walk(
  names: readonly string[],
  cursor: string | undefined,
  read: (partition: string, start: Row | undefined) => Promise<RowPage>,
): Promise<Page<Row>> {
  const { open, begun }: Position = cursor ? JSON.parse(cursor) : { open: [], begun: '' };
  const fresh = names.filter((partition) => partition > begun);
  const begin = fresh.slice(0, WIDTH - open.length);
  const pages = await Promise.all([
    ...open.map(async ([partition, start]) => ({ partition, ...(await read(partition, start)) })),
    ...begin.map(async (partition) => ({ partition, ...(await read(partition, undefined)) })),
  ]);
  const items = pages.flatMap(({ rows }) => rows);
  const left = pages.flatMap(({ partition, last }) => (last ? [[partition, last] as const] : []));
  if (left.length === 0 && begin.length === fresh.length) return { items };
  return { items, next: JSON.stringify({ open: left, begun: begin.at(-1) ?? begun } satisfies Position) };
}
