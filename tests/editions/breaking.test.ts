import { describe, expect, test } from 'vitest';
import { breakingStory } from '../../lib/editions/breaking.ts';
import { isAwake } from '../../lib/editions/quiet-hours.ts';
import { decision, item, story } from './build.ts';

const NOW = '2026-11-23T12:00:00.000Z';
const bar = { families: 3, withinMinutes: 60, severity: 0.8 };

const ago = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
const TELLINGS = [
  'Dam bursts after shelling',
  'Thousands flee the valley',
  'Army blames the other side',
  'Aid on its way',
];

/** A report by publisher `n`, in words of its own. */
const report = (n: number, minutes: number, over: Parameters<typeof item>[0] = {}) => ({
  item: item({
    publisher: `P${n}`,
    title: TELLINGS[n] ?? '',
    published: ago(minutes),
    firstSeen: ago(Math.max(0, minutes - 1)),
    ...over,
  }),
  decision: decision(),
});
const severe = (...items: ReturnType<typeof report>[]) =>
  story(items, { rank: { score: 1, parts: { severity: 0.9 } } });
const found = (candidate: ReturnType<typeof severe>, told: readonly string[] = [], now = NOW) =>
  breakingStory([candidate], { bar, now, told: new Set(told) }) !== undefined;

const burst = severe(report(0, 50), report(1, 40), report(2, 5));

describe('a story is worth an alert', () => {
  test('when enough independent families report it in time and it is severe enough', () => {
    expect(found(burst)).toBe(true);
    expect(found({ ...burst, rank: { score: 1, parts: { severity: 0.79 } } })).toBe(false);
    expect(found(severe(report(0, 50), report(1, 40)))).toBe(false);
  });

  test('not when the families came too slowly, or the same words count twice, or a state speaks', () => {
    expect(found(severe(report(0, 80), report(1, 70), report(2, 15)))).toBe(false);
    expect(found(severe(report(0, 50), report(1, 40), report(2, 5, { title: TELLINGS[0] ?? '' })))).toBe(false);
    expect(found(severe(report(0, 50), report(1, 40), report(2, 5, { control: 'state' })))).toBe(false);
    expect(found(severe(report(0, 50), report(1, 40), report(2, 5, { family: 'P1' })))).toBe(false);
  });

  test('not when it goes on for longer, but still when a tick was missed', () => {
    expect(found(severe(report(3, 600), report(0, 50), report(1, 40), report(2, 5)))).toBe(false);
    expect(found(burst, [], ago(-55))).toBe(true);
    expect(found(burst, [], ago(-56))).toBe(false);
  });

  test('not when a publisher dates it into the future to stay young', () => {
    const old = report(0, 300, { published: ago(-60) });
    expect(found(severe(old, report(1, 40), report(2, 5)))).toBe(false);
  });

  test('not when reports have no date: after an outage of ours they look new', () => {
    expect(found(severe(report(0, 50), report(1, 40), report(2, 5, { published: null })))).toBe(false);
    expect(found(severe(report(0, 50), report(1, 40), report(2, 5), report(3, 5, { published: null })))).toBe(true);
  });

  test('not when any of its items was in an alert before, whatever its id is now', () => {
    expect(found({ ...burst, id: 'another' }, [burst.items[2]?.item.key ?? ''])).toBe(false);
  });
});

test.each([
  ['Europe/Amsterdam', '2026-11-23T20:59:00.000Z', true],
  ['Europe/Amsterdam', '2026-11-23T21:00:00.000Z', false],
  ['Europe/Amsterdam', '2026-11-24T05:59:00.000Z', false],
  ['Europe/Amsterdam', '2026-11-24T06:00:00.000Z', true],
  ['Europe/Amsterdam', '2026-07-24T05:00:00.000Z', true],
  ['Asia/Kathmandu', '2026-11-23T16:14:00.000Z', true],
  ['Asia/Kathmandu', '2026-11-23T16:15:00.000Z', false],
  ['Pacific/Auckland', '2026-11-23T12:00:00.000Z', false],
])('from 22 to 7 nobody in %s is woken at %s: %s', (zone, now, awake) => {
  expect(isAwake({ from: 22, to: 7 }, zone, now)).toBe(awake);
  expect(isAwake({ from: 0, to: 0 }, zone, now)).toBe(true);
});
