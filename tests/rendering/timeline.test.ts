import { describe, expect, test } from 'vitest';
import { type Coverage, coverageOf, drawTimeline, highest } from '../../lib/rendering/timeline.ts';
import { timelineSvg } from '../../lib/web/pages/edition-svg.ts';
import { DUE, decision, edition, item, story } from '../editions/build.ts';

const at = (...times: string[]) =>
  times.map((published) => story([{ item: item({ title: published, published }), decision: decision() }]));
const key = { publication: 'war', cadence: 'daily', variant: 'en', dueAt: DUE } as const;
const counts = (made: ReturnType<typeof edition>) =>
  coverageOf(made)
    .bars.filter(({ count }) => count > 0)
    .map(({ label, count }) => [label, count]);

describe('the coverage of a day', () => {
  test('is counted by the hour up to the due time', () => {
    const made = edition(at('2026-11-23T05:59:59.000Z', '2026-11-23T05:00:00.000Z', '2026-11-22T06:00:00.000Z'));
    expect(coverageOf(made).bars).toHaveLength(24);
    expect(counts(made)).toEqual([
      ['22 Nov 06:00', 1],
      ['05:00', 2],
    ]);
  });

  test('names what came before, and puts what is dated ahead into the last hour', () => {
    const made = edition(at('2026-11-22T05:59:59.000Z', '2026-11-23T06:20:00.000Z'));
    expect(coverageOf(made).earlier).toBe(1);
    expect(counts(made)).toEqual([['05:00', 1]]);
  });

  test('reaches up to when an edition was composed by hand', () => {
    const made = edition(at('2026-11-23T09:10:00.000Z'), { composedAt: '2026-11-23T09:30:00.000Z' });
    expect(counts(made)).toEqual([['09:00', 1]]);
  });

  test('counts each report of a story, in the zone of the edition', () => {
    const told = ['A', 'B'].map((title) => ({ item: item({ title }), decision: decision() }));
    expect(counts(edition([story(told)], { zone: 'Europe/Kyiv' }))).toEqual([['06:00', 2]]);
  });
});

test('the coverage of a week is counted by the day', () => {
  const made = edition(at('2026-11-23T05:00:00.000Z', '2026-11-17T12:00:00.000Z'), {
    key: { ...key, cadence: 'weekly' },
  });
  expect(coverageOf(made).unit).toBe('day');
  expect(counts(made)).toEqual([
    ['17 Nov', 1],
    ['22 Nov', 1],
  ]);
});

describe('the chart', () => {
  const picture = (of: Coverage, label: string) => String(timelineSvg(drawTimeline(of), label));
  const coverage = coverageOf(
    edition(at('2026-11-23T05:10:00.000Z', '2026-11-23T05:20:00.000Z', '2026-11-23T01:20:00.000Z')),
  );

  test('has a bar for each hour with reports, the highest twice as high as half of it', () => {
    const heights = [...picture(coverage, 'A chart').matchAll(/<rect[^>]* height="(\d+)"/g)].map(([, h]) => Number(h));
    expect(heights).toHaveLength(2);
    expect(heights[1]).toBe(2 * (heights[0] ?? 0));
    expect(highest(coverage)).toMatchObject({ label: '05:00', count: 2 });
  });

  test('is described, and needs no style or script of its own', () => {
    const svg = picture(coverage, 'Most at "05:00"');
    expect(svg).toContain('role="img" aria-label="Most at &quot;05:00&quot;"');
    expect(svg).not.toMatch(/style|script/);
  });

  test('of no reports is empty', () => {
    expect(picture(coverageOf(edition([])), 'None')).not.toContain('<rect');
  });
});
