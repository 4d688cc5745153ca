import type { Item } from '../feeds/model.ts';
import type { Conflict } from '../selection/conflicts.ts';
import type { Decision } from '../selection/model.ts';
import { groupStories } from '../selection/stories.ts';
import type { Instant } from '../types.ts';
import { type ArrangeInput, arrange, consider } from './arrange.ts';
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

/** The news of one span of time, decided and grouped: what editions of any language and filter are arranged from. */
export type News = Pick<ArrangeInput, 'composedAt' | 'conflicts' | 'stories' | 'considered' | 'seen' | 'picked'>;

/**
 * Composes an edition from what was collected. Pure: the same input gives the same edition, in whatever order the items
 * come. Items of a new feed's backlog are ignored; every other item is either in a story or in `considered`.
 */
export function composeEdition(input: ComposeInput): Edition {
  return arrange({ ...input, ...gather(input) });
}

/** The first half of composing, the same for all languages and filters. */
export function gather(input: Pick<ComposeInput, 'items' | 'selector' | 'since' | 'composedAt'>): News {
  const scored = [...input.items]
    .filter((item) => !item.backlog)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((item) => ({ item, decision: input.selector.decide(item) }));
  const recent = scored.filter(({ item }) => (item.published ?? item.firstSeen) >= input.since);
  const picked = recent.filter(({ decision }) => decision.picked);
  const old = scored.filter((entry) => !recent.includes(entry));
  const rest = recent.filter(({ decision }) => !decision.picked);
  const { conflicts } = input.selector;
  return {
    composedAt: input.composedAt,
    conflicts,
    stories: groupStories(picked, { now: input.composedAt, conflicts }),
    considered: [...consider(old, 'too old'), ...consider(rest, 'not picked')],
    seen: scored.length,
    picked: picked.length,
  };
}
