import { pages } from '../pages.ts';
import type { Decision } from '../selection/model.ts';
import type { Instant } from '../types.ts';
import type { Considered, Edition } from './model.ts';
import type { EditionStore } from './ports.ts';
import { storiesOf } from './since.ts';

/** What an edition says of an item. */
export interface Kept {
  readonly decision: Decision;
  readonly edition: string;
  readonly dueAt: Instant;
  /** Absent when it was told. */
  readonly why?: Considered['why'];
}

const PAGE = 50;

/** The newest decision that the editions due since then keep of each item, by its key. */
export async function keptDecisions(
  editions: Pick<EditionStore, 'list' | 'get'>,
  since: Instant,
): Promise<ReadonlyMap<string, Kept>> {
  const kept = new Map<string, Kept>();
  for await (const page of pages((cursor) => editions.list(PAGE, cursor))) {
    for (const { id, dueAt } of page) {
      if (dueAt < since) return kept;
      const record = await editions.get(id);
      if (record) for (const [key, one] of decisionsIn(record.edition)) if (!kept.has(key)) kept.set(key, one);
    }
  }
  return kept;
}

function* decisionsIn(edition: Edition): Generator<readonly [string, Kept]> {
  const about = { edition: edition.id, dueAt: edition.dueAt };
  for (const { items } of storiesOf(edition))
    for (const { item, decision } of items) yield [item.key, { ...about, decision }];
  for (const { key, decision, why } of edition.considered) yield [key, { ...about, decision, why }];
}
