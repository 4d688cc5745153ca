import type { Item } from '../feeds/model.ts';
import type { Decision } from './model.ts';

/** The same selector, which decides an item once for as long as the item does not change. */
export function remembering<S extends { decide(item: Item): Decision }>(selector: S): S {
  const known = new Map<string, Decision>();
  const decide = (item: Item): Decision => {
    const version = `${item.key} ${item.hash}`;
    const decision = known.get(version) ?? selector.decide(item);
    known.set(version, decision);
    return decision;
  };
  return { ...selector, decide };
}
