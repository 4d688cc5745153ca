import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editionId } from '../../lib/editions/key.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import { DUE, decision, item } from './build.ts';
import { type ComposeInput, composeEdition } from './compose.ts';

/** Picks what speaks of shelling. */
const selector = { decide: ({ title }: { title: string }) => decision({ picked: title.includes('shelling') }) };

function compose(items: ComposeInput['items'], over: Partial<ComposeInput> = {}) {
  return composeEdition({
    key: { publication: 'war', cadence: 'daily', variant: 'en', dueAt: DUE },
    composedAt: DUE,
    sendBy: '2026-11-23T18:00:00.000Z',
    since: '2026-11-21T18:00:00.000Z',
    items,
    selector,
    previous: [],
    health: { total: 3, healthy: 3, silent: [] },
    maxStories: 20,
    versions: { profile: 'p', config: 'c', code: '1' },
    ...over,
  });
}

const north = item({ title: 'Night of shelling in the north' });
const tennis = item({ title: 'Tennis: a long final' });

describe('composeEdition', () => {
  test('puts every item into a story or says why it was left out', () => {
    const old = item({ title: 'Old shelling', published: '2026-11-01T00:00:00.000Z' });
    const edition = compose([north, tennis, old]);
    expect(storiesOf(edition).map((story) => story.items[0]?.item.key)).toEqual([north.key]);
    expect(edition.considered.map(({ title, why }) => [title, why]).sort()).toEqual([
      ['Old shelling', 'too old'],
      ['Tennis: a long final', 'not picked'],
    ]);
    expect(edition.counts).toMatchObject({ items: 3, picked: 1, stories: 1, publishers: 1, readMinutes: 1 });
  });

  test('takes an undated item for as old as its first sight', () => {
    const undated = item({ title: 'Undated shelling', published: null, firstSeen: '2026-11-23T01:00:00.000Z' });
    expect(compose([undated]).counts.stories).toBe(1);
  });

  test('never tells a new feed’s backlog', () => {
    const edition = compose([{ ...north, backlog: true }]);
    expect([edition.quiet, edition.considered]).toEqual([true, []]);
  });

  test('is the same whatever the order of the items', () => {
    const items = Array.from({ length: 12 }, (_, n) =>
      item({ title: `Report ${n} on shelling`, publisher: `Paper ${n % 5}` }),
    );
    const expected = JSON.stringify(compose([...items, tennis]));
    fc.assert(
      fc.property(fc.shuffledSubarray([...items, tennis], { minLength: 13 }), (shuffled) => {
        expect(JSON.stringify(compose(shuffled))).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });

  test('tells nothing twice: the same items make a quiet day after the edition that told them', () => {
    const first = compose([north]);
    const second = compose([north], { previous: [first] });
    expect(second.quiet).toBe(true);
    expect(second.considered.map(({ why }) => why)).toEqual(['already sent']);
  });
});

test('an edition’s id depends on what it is, and may travel as an SES tag', () => {
  const key = { publication: 'war', cadence: 'daily', variant: 'uk', dueAt: '2026-11-23T06:00:00.000Z' } as const;
  expect(editionId(key)).toBe('war-daily-uk-20261123T0600Z');
  expect(editionId(key)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
});
