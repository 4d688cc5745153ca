import type { Story } from '../selection/model.ts';
import type { Edition, EditionStory } from './model.ts';

/** All stories of an edition, the lead first. */
export function storiesOf(edition: Pick<Edition, 'lead' | 'sections'>): readonly EditionStory[] {
  const rest = edition.sections.flatMap((section) => section.stories);
  return edition.lead ? [edition.lead, ...rest] : rest;
}

/** What readers were already told: keys of items, hence which stories go on. */
export function keysOf(editions: readonly Edition[]): ReadonlySet<string> {
  return new Set(editions.flatMap((edition) => storiesOf(edition).flatMap((story) => story.items.map(keyOf))));
}

const keyOf = (entry: Story['items'][number]): string => entry.item.key;

/** A story told before with nothing added is `told`; one that grew leads with what is new about it. */
export function compareWith(previous: readonly Edition[], stories: readonly Story[]) {
  const known = keysOf(previous);
  const fresh: EditionStory[] = [];
  const told: Story[] = [];
  for (const story of stories) {
    const added = story.items.filter((entry) => !known.has(keyOf(entry)));
    if (added.length === 0) told.push(story);
    else if (added.length === story.items.length) fresh.push({ ...story, change: 'new' });
    else
      fresh.push({ ...story, change: 'grown', items: [...added, ...story.items.filter((e) => known.has(keyOf(e)))] });
  }
  return { fresh, told };
}

/**
 * Stories of the last edition of which no item is among `continued`, nor told again: nobody reported on them since.
 * @param silenced keys of items that go on although they are in no story
 */
export function endedSince(
  last: Edition | undefined,
  continued: readonly Story[],
  silenced: readonly string[],
): Edition['ended'] {
  if (!last) return [];
  const alive = new Set([...continued.flatMap((story) => story.items.map(keyOf)), ...silenced]);
  return storiesOf(last)
    .filter((story) => !story.items.some((entry) => alive.has(keyOf(entry))))
    .map((story) => ({ id: story.id, title: story.items[0]?.item.title ?? '' }));
}
