import type { Item } from '../feeds/model.ts';
import type { Conflict } from '../selection/conflicts.ts';
import type { Decision } from '../selection/model.ts';
import { groupStories } from '../selection/stories.ts';
import type { Instant } from '../types.ts';
import { arrange, consider } from './arrange.ts';
import type { Edition, EditionKey, FeedHealth } from './model.ts';

export interface ComposeInput {
  readonly key: EditionKey;
  readonly composedAt: Instant;
  readonly sendBy: Instant;
  /** Items published (or, undated, first seen) before this are no news any more. */
  readonly since: Instant;
  readonly items: readonly Item[];
  readonly selector: { decide(item: Item): Decision; readonly conflicts?: readonly Conflict[] };
  /** Earlier editions of the same publication, cadence and variant, newest first. */
  readonly previous: readonly Edition[];
  readonly health: FeedHealth;
  /** Stories beyond this number are left out, best ranked first in. */
  readonly maxStories: number;
  readonly versions: Edition['versions'];
  /** IANA zone in which times are shown. Default: UTC. */
  readonly zone?: string;
}

/**
 * Composes an edition from what was collected. Pure: the same input gives the same edition, in whatever order the items
 * come. Items of a new feed's backlog are ignored; every other item is either in a story or in `considered`.
 */
export function composeEdition(input: ComposeInput): Edition {
  const scored = [...input.items]
    .filter((item) => !item.backlog)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((item) => ({ item, decision: input.selector.decide(item) }));
  const recent = scored.filter(({ item }) => (item.published ?? item.firstSeen) >= input.since);
  const picked = recent.filter(({ decision }) => decision.picked);
  const stories = groupStories(picked, { now: input.composedAt, conflicts: input.selector.conflicts });
  const left = [
    ...consider(
      scored.filter((entry) => !recent.includes(entry)),
      'too old',
    ),
    ...consider(
      recent.filter(({ decision }) => !decision.picked),
      'not picked',
    ),
  ];
  return arrange({
    ...input,
    conflicts: input.selector.conflicts,
    stories,
    considered: left,
    seen: scored.length,
    picked: picked.length,
  });
}
