import { createHash } from 'node:crypto';
import type { Instant } from '../types.ts';
import type { ScoredItem, Story } from './model.ts';

/** Groups items into stories, ranked best first. Deterministic; the order of `items` does not matter. */
export function groupStories(items: readonly ScoredItem[], _context: { now: Instant }): readonly Story[] {
  return items
    .map(
      (scored): Story => ({
        id: createHash('sha256').update(scored.item.key).digest('hex').slice(0, 16),
        items: [scored],
        rank: { score: scored.decision.score, parts: { relevance: scored.decision.score } },
        places: [],
        concepts: scored.decision.reasons.filter(({ kind }) => kind === 'concept').map(({ text }) => text),
        attribution: 'one publisher',
        families: [scored.item.family],
        contentWarning: false,
        latest: scored.item.published ?? scored.item.firstSeen,
      }),
    )
    .sort((a, b) => b.rank.score - a.rank.score || a.id.localeCompare(b.id));
}
