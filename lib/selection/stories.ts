import { sha256 } from '../sha256.ts';
import type { Instant } from '../types.ts';
import { type Conflict, createConflicts } from './conflicts.ts';
import type { ScoredItem, Story } from './model.ts';
import { withoutBoilerplate } from './stories/boilerplate.ts';
import { cluster } from './stories/cluster.ts';
import { findLinks } from './stories/links.ts';
import { placesOf } from './stories/places.ts';
import { rankStories, rankStory } from './stories/rank.ts';
import { type Signature, sign } from './stories/signature.ts';
import { attribute, independentFamilies, order, time } from './stories/sources.ts';
import { needsWarning } from './stories/warning.ts';
import { weigh } from './stories/weights.ts';
import { timeOf } from './stories/when.ts';

/**
 * Groups items into stories, across publishers and languages, ranked best first. Deterministic; the order of `items`
 * does not matter. A story's id is that of its first item and stays while that item is given.
 */
export function groupStories(
  items: readonly ScoredItem[],
  context: { readonly now: Instant; readonly conflicts?: readonly Conflict[] | undefined },
): readonly Story[] {
  const conflictOf = createConflicts(context.conflicts);
  const sorted = [...items].sort((a, b) => order(a.item.key, b.item.key));
  const texts = withoutBoilerplate(sorted.map(({ item }) => item));
  const signatures = sorted.map(({ item, decision }, i) => sign(item, texts[i] ?? item, decision.lang));
  const groups = cluster(sorted.length, findLinks(weigh(signatures)));
  const members = <T>(group: readonly number[], all: readonly T[]): T[] => group.flatMap((i) => all[i] ?? []);
  return rankStories(
    groups.map((group) => {
      const [inGroup, signed] = [members(group, sorted), members(group, signatures)];
      const conflict = conflictOf(inGroup.map(({ item }, i) => ({ text: item, features: signed[i]?.features })));
      return { ...tell(inGroup, signed, context.now), ...(conflict ? { conflict } : {}) };
    }),
  );
}

function tell(items: readonly ScoredItem[], signatures: readonly Signature[], now: Instant): Story {
  const families = independentFamilies(items);
  const when = timeOf(items);
  const best = [...items].sort(
    (a, b) => b.decision.score - a.decision.score || order(time(a), time(b)) || order(a.item.key, b.item.key),
  );
  return {
    id: storyId(items),
    items: best,
    rank: rankStory(items, families.length, now),
    places: placesOf(signatures),
    ...(when ? { time: when } : {}),
    concepts: conceptsOf(items),
    attribution: attribute(items),
    families,
    contentWarning: needsWarning(items),
    latest: items.map(time).sort(order).at(-1) ?? now,
  };
}

function storyId(items: readonly ScoredItem[]): string {
  const [first] = [...items].sort(
    (a, b) => order(a.item.firstSeen, b.item.firstSeen) || order(time(a), time(b)) || order(a.item.key, b.item.key),
  );
  return sha256(first?.item.key ?? '').slice(0, 16);
}

/** Labels of the concepts found, heaviest first: `strikes`, `dead and wounded` ... */
function conceptsOf(items: readonly ScoredItem[]): string[] {
  const weights = new Map<string, number>();
  for (const { decision } of items)
    for (const { kind, text, weight } of decision.reasons) {
      const label = text.split(':')[0] ?? text;
      if (kind === 'concept' && weight > 0) weights.set(label, (weights.get(label) ?? 0) + weight);
    }
  return [...weights].sort((a, b) => b[1] - a[1] || order(a[0], b[0])).map(([label]) => label);
}
