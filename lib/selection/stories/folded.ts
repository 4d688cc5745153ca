import type { Item } from '../../feeds/model.ts';
import { fold } from '../text.ts';

const known = new WeakMap<Item, string>();

/** Title and summary as terms see them (see `fold`); several rules read the same text. */
export function foldedText(item: Item): string {
  const text = known.get(item) ?? fold(`${item.title} ${item.summary}`);
  known.set(item, text);
  return text;
}
