import { describe, expect, test } from 'vitest';
import { dominantPublisher, rankStories, withNovelty } from '../../lib/selection/stories/rank.ts';
import { groupStories } from '../../lib/selection/stories.ts';
import { scored } from './items.ts';

const now = '2026-03-02T12:00:00.000Z';
const towns = ['Aleppo', 'Mosul', 'Khartoum', 'Goma', 'Benghazi'];
const strike = (town: string, family = 'big.example') =>
  scored(`Air strike on ${town} kills ten soldiers, army says`, { key: town, family, publisher: family });
const stories = groupStories(
  towns.map((town) => strike(town, `${town}.example`)),
  { now },
);

describe('novelty', () => {
  test('a story that readers were told of in full comes after its equals, and its parts say why', () => {
    const [first] = stories;
    const told = new Set(first?.items.map(({ item }) => item.key));
    const again = withNovelty(stories, told);
    expect(again.at(-1)?.id).toBe(first?.id);
    expect(again.at(-1)?.rank.parts.novelty).toBe(0);
    expect(again.at(-1)?.rank.score).toBeCloseTo((first?.rank.score ?? 0) - 0.15, 3);
  });

  test('is the share of the items that no earlier edition had', () => {
    const pair = groupStories([strike('Goma'), scored('Air strike on Goma: ten soldiers dead', { key: 'b' })], { now });
    expect(pair).toHaveLength(1);
    expect(withNovelty(pair, new Set(['b']))[0]?.rank.parts.novelty).toBe(0.5);
  });

  test('nothing told, nothing changes', () => {
    expect(withNovelty(stories, new Set())).toEqual(stories);
    expect(withNovelty(stories, new Set(['other']))).toEqual(stories);
  });
});

test('the score is the sum of the stated shares of its parts', () => {
  for (const { rank } of stories) {
    const { severity = 0, corroboration = 0, recency = 0, novelty = 0, relevance = 0 } = rank.parts;
    const sum = 0.35 * severity + 0.25 * corroboration + 0.15 * recency + 0.15 * novelty + 0.1 * relevance;
    expect(rank.score).toBeCloseTo(sum, 2);
  }
});

test('a story from an hour ago ranks above the same one from yesterday', () => {
  const at = (published: string) => groupStories([scored('Air strike on Goma', { published })], { now })[0];
  expect(at('2026-03-02T11:00:00.000Z')?.rank.score).toBeGreaterThan(at('2026-03-01T11:00:00.000Z')?.rank.score ?? 1);
});

describe('diversity', () => {
  const big = groupStories(
    towns.map((town) => strike(town)),
    { now },
  );

  test('when one publisher leads more than its share, its name is known', () => {
    expect(dominantPublisher(big)).toBe('big.example');
    expect(dominantPublisher(stories)).toBeUndefined();
    expect(dominantPublisher([])).toBeUndefined();
  });

  test('of a few stories one publisher may lead two', () => {
    expect(dominantPublisher(big.slice(0, 2))).toBeUndefined();
  });

  test('no head of the list is led more than its share by a family while another one has a story', () => {
    const others = groupStories(
      ['Tripoli', 'Kabul', 'Sanaa', 'Damascus', 'Beirut', 'Homs', 'Idlib'].map((town) =>
        strike(town, `${town}.example`),
      ),
      { now: '2026-03-09T12:00:00.000Z' },
    );
    const leaders = rankStories([...big, ...others]).map(({ items }) => items[0]?.item.family);
    for (let head = 1; head <= 10; head++)
      expect(leaders.slice(0, head).filter((family) => family === 'big.example').length).toBeLessThanOrEqual(
        Math.max(2, Math.ceil(head * 0.34)),
      );
  });
});
