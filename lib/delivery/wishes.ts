import { editionId, isForWish } from '../editions/key.ts';
import type { EditionKey } from '../editions/model.ts';
import type { Logger } from '../log.ts';

/** So many editions for wishes are made for one due moment: each takes some milliseconds and two writes. */
export const MOST_WISHES = 200;

/**
 * Decides for which wishes there is an edition of their own. Those beyond the most get the whole edition of their
 * language. What is stored already stays in, so that a second call for the same due moment decides alike.
 * @param stored ids of the editions of that moment
 */
export function createWishes(stored: readonly string[], log: Logger): (key: EditionKey) => EditionKey {
  const own = new Set(stored.filter(isForWish));
  return (key) => {
    if (!key.filter) return key;
    const id = editionId(key);
    if (!own.has(id) && own.size >= MOST_WISHES) {
      const { filter: _filter, ...whole } = key;
      log.warn('too many different wishes: these readers get the whole edition', { edition: id });
      return whole;
    }
    own.add(id);
    return key;
  };
}
