import { describe, expect, test } from 'vitest';
import { diffEditions } from '../../lib/editions/diff.ts';
import type { Edition } from '../../lib/editions/model.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import { DUE, decision, edition, item, sampleEdition, sampleStory, story } from './build.ts';

const told = (title: string) => ({ item: item({ title }), decision: decision() });
const titles = (edition_: ReturnType<typeof edition>) => storiesOf(edition_).map((one) => one.items[0]?.item.title);

describe('an edition', () => {
  test('leads with the best story and groups the others by country, best first', () => {
    const made = sampleEdition(12, 'nl');
    expect(made.lead?.id).toBe(sampleStory(0, 'nl').id);
    expect(made.sections.map(({ title }) => title)).toEqual(['Soedan', 'Oekraïne', 'Syrië', 'Myanmar (Birma)']);
    const sudan = made.sections[0]?.stories.map((one) => one.rank.score) ?? [];
    expect(sudan).toEqual([...sudan].sort((a, b) => b - a));
  });

  test('keeps the best stories when there are too many, and says which it left', () => {
    const made = sampleEdition(12, 'en', { maxStories: 5 });
    expect(storiesOf(made).map(({ rank }) => rank.score)).toEqual(expect.arrayContaining([1, 0.99, 0.98, 0.97, 0.96]));
    expect(made.counts.stories).toBe(5);
    expect(new Set(made.considered.map(({ why }) => why))).toEqual(new Set(['below the cap']));
  });

  const at = (country: string) => ({ places: [{ name: 'Somewhere', country, lat: 0, lon: 0, precision: 3 } as const] });
  const sectionsOf = (...stories: Parameters<typeof edition>[0]) =>
    edition([story([told('Lead')]), ...stories]).sections.map(({ title, stories: { length } }) => [title, length]);

  test('puts stories of one conflict in one section, wherever they happened', () => {
    const ukraine = ['UA', 'RU', 'TR'].map((country) =>
      story([told(`From ${country}`)], { ...at(country), conflict: 'ukraine' }),
    );
    expect(sectionsOf(...ukraine)).toEqual([['War in Ukraine', 3]]);
  });

  test('goes by country where there is no conflict that it knows, and puts the rest last', () => {
    const [placeless, there] = [story([told('Placeless')]), story([told('There')], { ...at('CF'), conflict: 'gone' })];
    expect(sectionsOf(placeless, there)).toEqual([
      ['Central African Republic', 1],
      ['', 1],
    ]);
  });

  test('gathers stories that stand alone when there would be more than three headings for them', () => {
    const alone = ['CF', 'TD', 'HT', 'CO'].map((country) => story([told(country)], at(country)));
    expect(sectionsOf(...alone.slice(1))).toHaveLength(3);
    expect(sectionsOf(...alone)).toEqual([['', 4]]);
  });

  test('knows a story again by its items, also when its first item is gone', () => {
    const [a, b, c] = [told('First report'), told('Second report'), told('Third report')];
    const last = edition([story([a, b])]);
    const next = edition([story([b, c])], { previous: [last] });
    expect(storiesOf(next).map(({ change }) => change)).toEqual(['grown']);
    expect(titles(next)).toEqual(['Third report']);
    expect(next.ended).toEqual([]);
  });

  test('remembers more than the last edition, and ends only stories of the last', () => {
    const [a, b] = [story([told('Long ago')]), story([told('Yesterday')])];
    const [older, last] = [edition([a]), edition([b])];
    const next = edition([a, story([told('Today')])], { previous: [last, older] });
    expect(titles(next)).toEqual(['Today']);
    expect(next.ended.map(({ title }) => title)).toEqual(['Yesterday']);
  });
});

describe('a story in several languages', () => {
  const said = (title: string, lang: string) => ({
    item: item({ title, publisher: title }),
    decision: decision({ lang }),
  });
  const tellings = [
    said('English', 'en'),
    said('Français', 'fr'),
    said('Nederlands', 'nl'),
    said('Ook Nederlands', 'nl'),
  ];
  const orderFor = (variant: Edition['variant']) => {
    const made = edition([story(tellings)], { key: { publication: 'war', cadence: 'daily', variant, dueAt: DUE } });
    return made.lead?.items.map((entry) => entry.item.title);
  };

  test('leads with its best telling in the reader’s language', () => {
    expect(orderFor('nl')).toEqual(['Nederlands', 'Ook Nederlands', 'English', 'Français']);
    expect(orderFor('fr')).toEqual(['Français', 'English', 'Nederlands', 'Ook Nederlands']);
  });

  test('leads with its best telling of all when nobody tells it in that language', () => {
    expect(orderFor('pl')).toEqual(['English', 'Français', 'Nederlands', 'Ook Nederlands']);
  });
});

describe('looking back', () => {
  test('a diff names what came, went and moved', () => {
    const [a, b, c] = ['A', 'B', 'C'].map(told);
    if (!a || !b || !c) throw new Error('three stories were made');
    const before = edition([story([a]), story([b])]);
    const after = edition([story([b, told('B again')]), story([c])]);
    expect(diffEditions(before, after)).toMatchObject({
      added: [{ title: 'C' }],
      dropped: [{ title: 'A' }],
      changed: [{ title: 'B', items: [1, 2], place: [2, 1] }],
    });
  });
});
