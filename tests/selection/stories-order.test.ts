import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScoredItem } from '../../lib/selection/model.ts';
import { groupStories } from '../../lib/selection/stories.ts';
import { scored } from './items.ts';

const now = '2026-03-02T12:00:00.000Z';
const hour = (n: number) => `2026-03-01T${String(n).padStart(2, '0')}:00:00.000Z`;

/** Four events, told by several publishers in several languages. */
const EVENTS: readonly (readonly string[])[] = [
  [
    'Drone hits Kerch bridge',
    'Drone raakt brug bij Kertsj',
    'Drohne trifft Brücke bei Kertsch',
    'Дрон влучив у Керченський міст',
  ],
  [
    'Russia and Ukraine swap prisoners of war',
    'Rusland en Oekraïne ruilen krijgsgevangenen',
    'Rosja i Ukraina wymieniły jeńców',
  ],
  ['Siege of El Fasher: UN warns of famine', 'Belegering van El Fasher: VN waarschuwt voor hongersnood'],
  [
    'Israeli air strike on Beirut hotel kills four',
    'Quatre morts dans une frappe israélienne sur un hôtel de Beyrouth',
  ],
];
const ITEMS: readonly ScoredItem[] = EVENTS.flatMap((titles, event) =>
  titles.map((title, n) =>
    scored(title, {
      key: `${event}${n}`,
      family: `${n}.example`,
      published: hour(event + n),
      firstSeen: hour(event + n + 1),
    }),
  ),
);
const byId = (items: readonly ScoredItem[]) =>
  new Map(groupStories(items, { now }).map((story) => [story.id, story.items.map(({ item }) => item.key).sort()]));

describe('whatever the order of the items', () => {
  test('the stories are the same, with the same ids, in the same rank', () => {
    const expected = groupStories(ITEMS, { now });
    fc.assert(
      fc.property(fc.shuffledSubarray([...ITEMS], { minLength: ITEMS.length }), (items) => {
        expect(groupStories(items, { now })).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test('every item is in one story', () => {
    fc.assert(
      fc.property(fc.subarray([...ITEMS]), (items) => {
        const keys = groupStories(items, { now }).flatMap((story) => story.items.map(({ item }) => item.key));
        expect(keys.sort()).toEqual(items.map(({ item }) => item.key).sort());
      }),
      { numRuns: 50 },
    );
  });
});

describe('as items come in, hour by hour', () => {
  test('a later telling joins the story that is there, and the story keeps its id', () => {
    const known = new Map<string, readonly string[]>();
    for (let n = 1; n <= 10; n++) {
      const seen = ITEMS.filter(({ item }) => item.firstSeen <= hour(n));
      for (const [id, keys] of byId(seen)) {
        expect(keys).toEqual(expect.arrayContaining([...(known.get(id) ?? [])]));
        known.set(id, keys);
      }
    }
    expect(known.size).toBe(EVENTS.length);
    expect([...known.values()].map(({ length }) => length).sort()).toEqual(EVENTS.map(({ length }) => length).sort());
  });
});

test('a chain of items, each like the next one, does not become one story', () => {
  const words =
    'bridge harbour barracks railway refinery airfield arsenal substation radar pier tunnel dockyard hangar silo quarry mill '
      .concat('granary viaduct foundry pipeline causeway lighthouse bakery cannery')
      .split(' ');
  const chain = words
    .slice(0, -3)
    .map((_, n) =>
      scored(`Damaged: ${words.slice(n, n + 4).join(', ')}`, { key: `chain${n}`, family: `${n}.example` }),
    );
  const sizes = groupStories(chain, { now }).map(({ items }) => items.length);
  expect(Math.max(...sizes)).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(8);
});

test('a round-up that names every event joins none of them', () => {
  const roundup = scored('Morning briefing: Kerch bridge hit, prisoners of war swapped, siege of El Fasher', {
    key: 'roundup',
    family: 'brief.example',
    published: hour(6),
  });
  const story = groupStories([...ITEMS, roundup], { now }).find(({ items }) =>
    items.some(({ item }) => item.key === 'roundup'),
  );
  expect(story?.items).toHaveLength(1);
});
