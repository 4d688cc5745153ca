import { type Edits, inEditorsOrder } from '../../lib/editions/edits.ts';
import type { Edition, EditionStory } from '../../lib/editions/model.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import { InputError } from '../../lib/errors.ts';

export const NO_EDITS: Edits = { pinned: [], hidden: [] };

/** The stories of a draft in the order that edits speak of: those pinned first, then by rank, whatever their sections. */
export function inOrder(draft: Edition): readonly EditionStory[] {
  const ranked = storiesOf(draft).toSorted((a, b) => b.rank.score - a.rank.score);
  return inEditorsOrder(ranked, draft.edits) as readonly EditionStory[];
}

/** A story is named by its first item, for as long as a page is shown. */
export function nameOf({ items }: EditionStory): string {
  return items[0]?.item.key ?? '';
}

/**
 * The decisions after one more.
 * @param command what a button says: `pin KEY`, `unpin KEY`, `hide KEY`, `show KEY`, `place KEY INDEX` (0 is the lead),
 * `threshold` (with the form's number), `standard` (the profile's threshold) or `reset`
 * @throws InputError for anything else
 */
export function edit(draft: Edition, command: string, threshold: string): Edits {
  const { edits = NO_EDITS } = draft;
  const [verb, key = '', index = ''] = command.split(' ');
  const keys = itemsOf(draft, key);
  const without = (list: readonly string[]) => list.filter((one) => !keys.includes(one));
  switch (verb) {
    case 'pin':
      return { ...edits, pinned: [...without(edits.pinned), key], hidden: without(edits.hidden) };
    case 'unpin':
      return { ...edits, pinned: without(edits.pinned) };
    case 'hide':
      return { ...edits, pinned: without(edits.pinned), hidden: [...without(edits.hidden), ...keys] };
    case 'show':
      return { ...edits, hidden: without(edits.hidden) };
    case 'place':
      return { ...edits, pinned: placed(draft, key, Number(index)) };
    case 'threshold':
      return { ...edits, threshold: share(threshold) };
    case 'standard': {
      const { threshold: _dropped, ...rest } = edits;
      return rest;
    }
    case 'reset':
      return NO_EDITS;
    default:
      throw new InputError(`"${verb}" is nothing that an editor can do.`, 'Load the page again.');
  }
}

/** All items of the story that has this one; for an item that is in no story, itself. */
function itemsOf(draft: Edition, key: string): readonly string[] {
  const story = storiesOf(draft).find(({ items }) => items.some(({ item }) => item.key === key));
  return story ? story.items.map(({ item }) => item.key) : [key];
}

/** Fixes the order up to the farther of the story's old place and its new one, and of what was fixed already. */
function placed(draft: Edition, key: string, index: number): readonly string[] {
  const names = inOrder(draft).map(nameOf);
  const from = names.indexOf(key);
  if (from < 0 || !Number.isInteger(index))
    throw new InputError('That story is not in the draft.', 'Load the page again.');
  const to = Math.max(0, Math.min(index, names.length - 1));
  const fixed = Math.max(pinnedIn(draft), Math.max(from, to) + 1);
  const others = names.filter((name) => name !== key);
  return [...others.slice(0, to), key, ...others.slice(to)].slice(0, fixed);
}

/** How many stories stand where they do because somebody said so. */
export function pinnedIn(draft: Edition): number {
  return storiesOf(draft).filter((story) => isPinned(draft, story)).length;
}

/** Whether the editor put one of the story's items first. */
export function isPinned({ edits }: Edition, { items }: EditionStory): boolean {
  return items.some(({ item }) => edits?.pinned.includes(item.key));
}

/** A number from 0 to 1 in words. */
export function isThreshold(text = ''): boolean {
  return text.trim() !== '' && Number(text) >= 0 && Number(text) <= 1;
}

function share(text: string): number {
  if (isThreshold(text)) return Number(text);
  throw new InputError(`"${text}" is no threshold.`, 'Choose one from 0 to 1.');
}
