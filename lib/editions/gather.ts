import type { Item } from '../feeds/model.ts';
import type { Conflict } from '../selection/conflicts.ts';
import type { Decision } from '../selection/model.ts';
import { groupStories } from '../selection/stories.ts';
import type { Instant } from '../types.ts';
import { type ArrangeInput, consider } from './arrange.ts';
import { type Edits, inEditorsOrder, isPicked } from './edits.ts';

export interface GatherInput {
  readonly composedAt: Instant;
  /** Items published (or, undated, first seen) before this are no news any more. */
  readonly since: Instant;
  readonly items: readonly Item[];
  readonly selector: { decide(item: Item): Decision; readonly conflicts?: readonly Conflict[] };
  /** What an editor decided beforehand. */
  readonly edits?: Edits | undefined;
}

/** The news of one span of time, decided and grouped: what editions of any language and filter are arranged from. */
export type News = Pick<
  ArrangeInput,
  'composedAt' | 'conflicts' | 'edits' | 'stories' | 'considered' | 'seen' | 'picked'
>;

/**
 * The first half of composing, the same for all languages and filters; `arrange` is the second. Pure: the same input gives
 * the same news, in whatever order the items come. Items of a new feed's backlog are ignored; every other item is either
 * in a story or in `considered`.
 */
export function gather(input: GatherInput): News {
  const { edits } = input;
  const scored = [...input.items]
    .filter((item) => !item.backlog)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((item) => ({ item, decision: input.selector.decide(item) }));
  const recent = scored.filter(({ item }) => (item.published ?? item.firstSeen) >= input.since);
  const picked = recent.filter((entry) => isPicked(entry, edits));
  const old = scored.filter((entry) => !recent.includes(entry));
  const hidden = recent.filter(({ item }) => edits?.hidden.includes(item.key));
  const rest = recent.filter((entry) => !picked.includes(entry) && !hidden.includes(entry));
  const { conflicts } = input.selector;
  return {
    composedAt: input.composedAt,
    conflicts,
    edits,
    stories: inEditorsOrder(groupStories(picked, { now: input.composedAt, conflicts }), edits),
    considered: [
      ...consider(old, 'too old'),
      ...consider(rest, 'not picked'),
      ...consider(hidden, 'hidden by the editor'),
    ],
    seen: scored.length,
    picked: picked.length,
  };
}
