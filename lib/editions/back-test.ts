import type { Item } from '../feeds/model.ts';
import type { FeedStore } from '../feeds/ports.ts';
import { pages } from '../pages.ts';
import type { Decision } from '../selection/model.ts';
import type { Instant } from '../types.ts';
import { keptDecisions } from './kept.ts';
import type { EditionStore } from './ports.ts';

interface Judge {
  readonly profile: string;
  decide(item: Item): Decision;
}

export interface BackTestDeps {
  readonly feeds: Pick<FeedStore, 'itemsSince'>;
  readonly editions: Pick<EditionStore, 'list' | 'get'>;
}

/** An item on which two profiles differ. */
export interface Differing {
  readonly item: Item;
  readonly before: Decision;
  readonly after: Decision;
}

export interface BackTest {
  readonly since: Instant;
  /** Profiles that decided before (several, when editions of some time are compared with) and the one of now. */
  readonly profiles: { readonly before: readonly string[]; readonly after: string };
  readonly items: number;
  /** Items that both pick. */
  readonly picked: number;
  /** Picked only now, and only before; those that changed most first. */
  readonly gained: readonly Differing[];
  readonly lost: readonly Differing[];
}

/**
 * What a changed profile would gain and lose among the items first seen since then. It is compared with `before`, or,
 * without one, with the decisions that the editions keep (items of no edition are left out). Changes nothing.
 */
export async function backTest(
  { feeds, editions }: BackTestDeps,
  { since, before, after }: { readonly since: Instant; readonly before?: Judge; readonly after: Judge },
): Promise<BackTest> {
  const kept = before ? undefined : await keptDecisions(editions, since);
  const decided: Differing[] = [];
  for await (const page of pages((cursor) => feeds.itemsSince(since, cursor)))
    for (const item of page) {
      const earlier = before ? before.decide(item) : kept?.get(item.key)?.decision;
      if (earlier && !item.backlog) decided.push({ item, before: earlier, after: after.decide(item) });
    }
  const where = (was: boolean, is: boolean) =>
    decided.filter((one) => one.before.picked === was && one.after.picked === is).sort(byChange);
  return {
    since,
    profiles: { before: [...new Set(decided.map((one) => one.before.profile))].sort(), after: after.profile },
    items: decided.length,
    picked: where(true, true).length,
    gained: where(false, true),
    lost: where(true, false),
  };
}

function byChange(a: Differing, b: Differing): number {
  const change = (one: Differing) => Math.abs(one.after.score - one.before.score);
  return change(b) - change(a) || (a.item.key < b.item.key ? -1 : 1);
}
