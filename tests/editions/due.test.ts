import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latestDue, nextDue } from '../../lib/editions/due.ts';
import type { Slot } from '../../lib/editions/model.ts';
import { DAY, HOUR, MINUTE } from '../../lib/time.ts';
import { wallClock } from './wall-clock.ts';

const zones = Intl.supportedValuesOf('timeZone');
const zone = fc.constantFrom(...zones, 'UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Chatham');
const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 0, 1) }).map((at) => at - (at % MINUTE));
const hour = fc.integer({ min: 0, max: 23 });

/** Instants at which a zone's clock was changed, give or take a day: where mistakes live. */
const nearChange = fc
  .tuple(zone, fc.integer({ min: 2000, max: 2036 }), fc.integer({ min: -36 * 60, max: 36 * 60 }))
  .map(([name, year, minutes]) => {
    const wall = wallClock(name);
    const start = Date.UTC(year, 0, 1);
    const offset = (at: number) => wall(at) - at;
    const days = Array.from({ length: 365 }, (_, day) => start + day * DAY);
    const change = days.find((at) => offset(at) !== offset(at + DAY)) ?? start;
    return { name, at: change + minutes * MINUTE };
  });

function check(slot: Slot, at: number) {
  const due = Date.parse(latestDue(slot, new Date(at).toISOString()));
  const wall = wallClock(slot.zone);
  expect(due).toBeLessThanOrEqual(at);
  // At the due instant the clock reaches the hour: a minute earlier it had not shown it, for at least half a day.
  const target = Math.floor(wall(due) / DAY) * DAY + slot.hour * HOUR;
  expect(wall(due)).toBeGreaterThanOrEqual(target);
  for (let back = 1; back <= 12 * 60; back += back < 130 ? 1 : 15) {
    if (wall(due - back * MINUTE) >= target)
      throw new Error(`${slot.zone} showed ${slot.hour}h ${back} min before it was due`);
  }
  // Nothing newer was left out: no later day's hour was reached between due and now.
  for (let later = due; later <= at; later += 15 * MINUTE) {
    if (slot.cadence === 'daily' && wall(later) >= target + DAY)
      throw new Error(`a newer appointment in ${slot.zone} was missed`);
  }
}

describe('latestDue', () => {
  test('finds the start of the local hour in every zone at any time', () => {
    fc.assert(
      fc.property(zone, hour, instant, (name, at, when) => check({ cadence: 'daily', zone: name, hour: at }, when)),
      { numRuns: 1000 },
    );
    expect(zones.length).toBeGreaterThan(400);
  });

  test('finds it around clock changes too', () => {
    fc.assert(
      fc.property(nearChange, hour, ({ name, at }, when) => check({ cadence: 'daily', zone: name, hour: when }, at)),
      { numRuns: 300 },
    );
  });

  test.each([
    ['an ordinary winter morning', 'Europe/Amsterdam', 7, '2026-11-23T06:00:00.000Z', '2026-11-23T06:00:00.000Z'],
    [
      'one millisecond early is still yesterday',
      'Europe/Amsterdam',
      7,
      '2026-11-23T05:59:59.999Z',
      '2026-11-22T06:00:00.000Z',
    ],
    ['a skipped hour comes at the jump', 'Europe/Amsterdam', 2, '2026-03-29T12:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    [
      'a repeated hour comes once, the first time',
      'Europe/Amsterdam',
      2,
      '2026-10-25T12:00:00.000Z',
      '2026-10-25T00:00:00.000Z',
    ],
    ['a zone 45 minutes off', 'Asia/Kathmandu', 7, '2026-11-23T12:00:00.000Z', '2026-11-23T01:15:00.000Z'],
    [
      'a clock that moves by half an hour',
      'Australia/Lord_Howe',
      2,
      '2026-10-04T12:00:00.000Z',
      '2026-10-03T15:30:00.000Z',
    ],
    ['midnight that does not exist', 'Africa/Cairo', 0, '2026-04-24T12:00:00.000Z', '2026-04-23T22:00:00.000Z'],
  ])('%s', (_name, zoneName, at, now, due) => {
    expect(latestDue({ cadence: 'daily', zone: zoneName, hour: at }, now)).toBe(due);
  });

  test('a weekly slot comes on Monday', () => {
    const slot: Slot = { cadence: 'weekly', zone: 'Europe/Amsterdam', hour: 7 };
    expect(latestDue(slot, '2026-11-23T06:00:00.000Z')).toBe('2026-11-23T06:00:00.000Z');
    expect(latestDue(slot, '2026-11-29T23:00:00.000Z')).toBe('2026-11-23T06:00:00.000Z');
  });

  test('does not move when it is asked again later the same day', () => {
    fc.assert(
      fc.property(zone, hour, instant, (name, at, when) => {
        const slot: Slot = { cadence: 'daily', zone: name, hour: at };
        const due = latestDue(slot, new Date(when).toISOString());
        expect(latestDue(slot, due)).toBe(due);
      }),
    );
  });
});

describe('the next coming', () => {
  const amsterdam = { cadence: 'daily', zone: 'Europe/Amsterdam', hour: 7 } as const;

  test.each([
    ['2026-11-23T05:59:59.000Z', '2026-11-23T06:00:00.000Z'],
    ['2026-11-23T06:00:00.000Z', '2026-11-24T06:00:00.000Z'],
    ['2026-10-25T05:30:00.000Z', '2026-10-25T06:00:00.000Z'],
    ['2026-10-24T05:30:00.000Z', '2026-10-25T06:00:00.000Z'],
    ['2026-03-28T06:30:00.000Z', '2026-03-29T05:00:00.000Z'],
  ])('after %s is %s', (at, next) => {
    expect(nextDue(amsterdam, at)).toBe(next);
  });

  test('of a week is a Monday', () => {
    expect(nextDue({ ...amsterdam, cadence: 'weekly' }, '2026-11-23T06:00:00.000Z')).toBe('2026-11-30T06:00:00.000Z');
  });
});
