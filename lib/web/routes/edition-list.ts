import type { EditionStore, EditionSummary } from '../../editions/ports.ts';
import type { Page } from '../../types.ts';

/** All languages and wishes are in one list: so many are read at once, and so many times at most. */
const READ = 100;
const MOST_READS = 6;

export interface Wanted {
  /** At least so many, while there are more. */
  readonly count: number;
  readonly after?: string;
  is(edition: EditionSummary): boolean;
}

/**
 * The wanted among the editions, newest first, read in whole pages of the one list. Where others fill many pages it
 * may be fewer than wanted, even none, with a `next` all the same.
 */
export async function wantedEditions(
  editions: Pick<EditionStore, 'list'>,
  { count, after, is }: Wanted,
): Promise<Page<EditionSummary>> {
  const found: EditionSummary[] = [];
  let cursor = after;
  for (let reads = 0; reads < MOST_READS && found.length < count; reads++) {
    const { items, next } = await editions.list(READ, cursor);
    found.push(...items.filter(is));
    if (next === undefined) return { items: found };
    cursor = next;
  }
  return cursor === undefined ? { items: found } : { items: found, next: cursor };
}
