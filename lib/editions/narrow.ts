import type { ScoredItem, Story } from '../selection/model.ts';
import type { Filter } from '../types.ts';

export interface Narrowed {
  readonly stories: readonly Story[];
  /** Items that the filter leaves out. */
  readonly left: readonly ScoredItem[];
}

/** Keeps of ranked stories what a filter lets through: whole stories by conflict, their tellings by language. */
export function narrow(stories: readonly Story[], { languages, conflicts }: Filter = {}): Narrowed {
  const speaks = ({ decision }: ScoredItem) => !languages || languages.includes(decision.lang);
  const concerns = ({ conflict = 'other' }: Story) => !conflicts || conflicts.includes(conflict);
  const kept = stories.filter(concerns).flatMap((story) => {
    const items = story.items.filter(speaks);
    return items.length > 0 ? [{ ...story, items }] : [];
  });
  const shown = new Set(kept.flatMap(({ items }) => items));
  return { stories: kept, left: stories.flatMap(({ items }) => items.filter((item) => !shown.has(item))) };
}
