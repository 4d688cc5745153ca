import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editionId, variantName } from '../../lib/editions/key.ts';
import type { EditionKey } from '../../lib/editions/model.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import type { Filter } from '../../lib/types.ts';
import { DUE, decision, edition, item, story } from './build.ts';

const told = (title: string, lang: string) => ({
  item: item({ title, publisher: `${title} ${lang}` }),
  decision: decision({ lang }),
});
const STORIES = [
  story([told('Bridge', 'en'), told('Bridge', 'uk')], { conflict: 'ukraine' }),
  story([told('Talks', 'fr')], { conflict: 'sudan' }),
  story([told('Convoy', 'en')]),
  story([told('Siege', 'uk'), told('Siege', 'de')], { conflict: 'ukraine' }),
];
const ITEMS = STORIES.flatMap(({ items }) => items.map((entry) => entry.item.key));

function made(filter?: Filter) {
  const key: EditionKey = {
    publication: 'war',
    cadence: 'daily',
    variant: 'en',
    dueAt: DUE,
    ...(filter && { filter }),
  };
  return edition(STORIES, { key });
}

const titles = (filter?: Filter) =>
  storiesOf(made(filter)).map(({ items }) => items.map((entry) => entry.item.publisher));

describe('an edition for readers who want to see only some of it', () => {
  test('keeps whole stories by conflict; "other" stands for none', () => {
    expect(titles({ conflicts: ['sudan'] })).toEqual([['Talks fr']]);
    expect(titles({ conflicts: ['other', 'sudan'] })).toEqual([['Talks fr'], ['Convoy en']]);
  });

  test('keeps the tellings in the languages wanted, and a story as long as one is left', () => {
    expect(titles({ languages: ['de', 'fr'] })).toEqual([['Talks fr'], ['Siege de']]);
  });

  test('says why the rest is missing', () => {
    const { considered, counts } = made({ conflicts: ['ukraine'], maxStories: 1 });
    expect(counts.stories).toBe(1);
    expect(considered.map(({ publisher, why }) => [publisher, why])).toEqual([
      ['Talks fr', 'not wanted'],
      ['Convoy en', 'not wanted'],
      ['Siege uk', 'below the cap'],
      ['Siege de', 'below the cap'],
    ]);
  });

  test('accounts for every item exactly once, whatever is wanted', () => {
    const some = <T extends string>(...all: T[]) => fc.option(fc.subarray(all, { minLength: 1 }), { nil: undefined });
    const filters = fc.record({
      languages: some('de', 'en', 'fr', 'uk'),
      conflicts: some('other', 'sudan', 'ukraine'),
      maxStories: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(filters, ({ languages, conflicts, maxStories }) => {
        const filter = {
          ...(languages && { languages }),
          ...(conflicts && { conflicts }),
          ...(maxStories && { maxStories }),
        };
        const { quiet, considered, ...rest } = made(filter);
        const shown = storiesOf(rest).flatMap(({ items }) => items.map((entry) => entry.item.key));
        expect([...shown, ...considered.map(({ key }) => key)].toSorted()).toEqual(ITEMS.toSorted());
        expect(quiet).toBe(shown.length === 0);
      }),
    );
  });
});

describe('its name', () => {
  test('is another one for every wish, and the same for the same', () => {
    const wishes: readonly (Filter | undefined)[] = [
      undefined,
      { languages: ['en'] },
      { conflicts: ['en'] },
      { languages: ['en', 'uk'] },
      { maxStories: 5 },
      { languages: ['en'], maxStories: 5 },
    ];
    const names = wishes.map((filter) => variantName({ variant: 'nl', ...(filter && { filter }) }));
    expect(new Set(names).size).toBe(wishes.length);
    expect(variantName({ variant: 'nl', filter: { maxStories: 5 } })).toBe(names[4]);
    expect(names[0]).toBe('nl');
    expect(names.every((name) => /^nl(_[0-9a-f]{12})?$/.test(name))).toBe(true);
  });

  test('stands in the id where the language stands', () => {
    expect(made().id).toBe('war-daily-en-20261123T0600Z');
    expect(made({ maxStories: 5 }).id).toMatch(/^war-daily-en_[0-9a-f]{12}-20261123T0600Z$/);
    expect(editionId(made({ maxStories: 5 }))).toBe(made({ maxStories: 5 }).id);
  });
});
