import type { ScoredItem, Story } from '../selection/model.ts';
import { sha256 } from '../sha256.ts';

/**
 * What an editor decided about the editions of a slot before they are composed. Items are named by their keys, since
 * stories are grouped anew when it comes to that; a story is meant by any of its items. Nothing here changes a word
 * that a publisher wrote.
 */
export interface Edits {
  /** Stories that come first, in this order, whatever their scores. */
  readonly pinned: readonly string[];
  /** Left out, whatever their scores. */
  readonly hidden: readonly string[];
  /** Items are picked from this score on (0..1), instead of the profile's own. */
  readonly threshold?: number;
}

/** The same decisions are written the same way: tells one state of them from another. Empty: nothing was decided yet. */
export function editsState(edits: Edits | undefined): string {
  if (!edits) return '';
  const { pinned, hidden, threshold } = edits;
  return sha256(JSON.stringify([pinned, hidden, threshold]));
}

/** Whether an item is picked when the editor has had a say. */
export function isPicked({ item, decision }: ScoredItem, edits: Edits | undefined): boolean {
  if (!edits) return decision.picked;
  const { pinned, hidden, threshold } = edits;
  if (hidden.includes(item.key)) return false;
  if (pinned.includes(item.key)) return true;
  return threshold === undefined ? decision.picked : decision.score >= threshold;
}

/** Stories in the editor's order: those pinned first, the others by their rank as before. */
export function inEditorsOrder(stories: readonly Story[], edits: Edits | undefined): readonly Story[] {
  if (!edits) return stories;
  const place = (story: Story) => {
    const places = story.items.map(({ item }) => edits.pinned.indexOf(item.key)).filter((at) => at >= 0);
    return Math.min(edits.pinned.length, ...places);
  };
  return stories.toSorted((a, b) => place(a) - place(b));
}
