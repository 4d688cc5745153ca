import type { SQLOutputValue } from 'node:sqlite';
import type { Page } from '../../types.ts';

export type Row = Record<string, SQLOutputValue>;

/** Rows in one page of a listing. */
export const PAGE = 500;

/** The object that a row keeps whole. */
export function read<T>(row: Row): T {
  return JSON.parse(String(row.body));
}

/** At most `size` of the rows as a page; `rows` holds one more than that when there are more. */
export function toPage<T>(
  rows: readonly Row[],
  size: number,
  item: (row: Row) => T,
  cursor: (row: Row) => string,
): Page<T> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  const items = shown.map(item);
  return rows.length > size && last ? { items, next: cursor(last) } : { items };
}
