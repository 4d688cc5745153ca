import { describe, expect, test } from 'vitest';
import { conflictTitle } from '../../lib/selection/conflicts.ts';
import conflicts from '../../lib/selection/profile/war/conflicts.json' with { type: 'json' };
import { groupStories } from '../../lib/selection/stories.ts';
import { LOCALES } from '../../lib/types.ts';
import { scored } from './items.ts';

describe('a story belongs to the conflict that it speaks of most', () => {
  test.each([
    ['Обстріл прифронтового села: російські війська вдарили артилерією', 'ukraine'],
    ['Украина и Россия обменялись военнопленными', 'ukraine'],
    ['Bundestag stimmt für weitere Luftabwehr für die Ukraine', 'ukraine'],
    ['Russian jets strike Idlib in Syria', 'syria'],
    ['Tres muertos en un bombardeo israelí en el sur del Líbano', 'israel'],
    ['Hamas releases hostages', 'israel'],
    ['Israel strikes air defences in Iran', 'iran'],
    ['RSF-Miliz greift Stadt an', 'sudan'],
    ['Les rebelles du M23 avancent vers Goma', 'congo'],
    ['Army and guerrillas clash in Colombia', undefined],
  ])('%s: %s', (title, conflict) => {
    expect(groupStories([scored(title)], { now: '2026-03-02T12:00:00.000Z' })[0]?.conflict).toBe(conflict);
  });
});

test('every conflict has a heading in every language, and no two the same one', () => {
  for (const locale of LOCALES) {
    const titles = conflicts.map(({ id }) => conflictTitle(id, locale));
    expect(new Set(titles.filter(Boolean)).size).toBe(conflicts.length);
  }
  expect(conflictTitle('no such conflict', 'nl')).toBeUndefined();
});
