import type { ScoredItem } from '../model.ts';
import { addTerms, createTermIndex, findTerms } from '../terms.ts';
import { foldedText } from './folded.ts';
import lists from './warning.json' with { type: 'json' };

/** Terms by language: some words are harmless in another one. */
const indexes = new Map(
  Object.entries(lists).map(([lang, terms]) => {
    const index = createTermIndex();
    addTerms(index, 'graphic', terms);
    return [lang, index] as const;
  }),
);

/** Whether a reader should be warned before opening: cruelty, bodies, or harm to children in the words themselves. */
export function needsWarning(items: readonly ScoredItem[]): boolean {
  return items.some(({ item, decision }) => {
    const index = indexes.get(decision.lang);
    return index !== undefined && findTerms(index, foldedText(item)).length > 0;
  });
}
