import type { Edition, EditionStory } from './model.ts';
import { storiesOf } from './since.ts';

interface Named {
  readonly id: string;
  readonly title: string;
}

/** What became of the stories from one edition to another. */
export interface EditionDiff {
  readonly added: readonly Named[];
  readonly dropped: readonly Named[];
  /** In both, with more or fewer items, or at another place (1 is the lead). */
  readonly changed: readonly (Named & {
    readonly items: readonly [before: number, after: number];
    readonly place: readonly [before: number, after: number];
  })[];
}

/** Compares two editions story by story. Stories are the same when they share an item. */
export function diffEditions(before: Edition, after: Edition): EditionDiff {
  const old = storiesOf(before);
  const now = storiesOf(after);
  const pairs = now.flatMap((story, index) => {
    const was = old.findIndex((other) => shareItem(other, story));
    return was < 0 ? [] : [{ story, was: old[was] as EditionStory, place: [was + 1, index + 1] as const }];
  });
  return {
    added: now.filter((story) => !old.some((other) => shareItem(other, story))).map(nameOf),
    dropped: old.filter((story) => !now.some((other) => shareItem(other, story))).map(nameOf),
    changed: pairs
      .map(({ story, was, place }) => ({
        ...nameOf(story),
        items: [was.items.length, story.items.length] as const,
        place,
      }))
      .filter(({ items, place }) => items[0] !== items[1] || place[0] !== place[1]),
  };
}

function shareItem(one: EditionStory, other: EditionStory): boolean {
  const keys = new Set(one.items.map(({ item }) => item.key));
  return other.items.some(({ item }) => keys.has(item.key));
}

function nameOf({ id, items }: EditionStory): Named {
  return { id, title: items[0]?.item.title ?? '' };
}
