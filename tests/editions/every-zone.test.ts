import { expect, test } from 'vitest';
import { latestDue } from '../../lib/editions/due.ts';
import { ZONES } from '../../lib/subscriptions/zones.ts';
import { DAY, HOUR, MINUTE } from '../../lib/time.ts';
import { wallClock } from './wall-clock.ts';

const FROM = Date.UTC(2026, 0, 1);
const DAYS = 3 * 365 + 1;
const QUARTER = 15 * MINUTE;
/** Every day takes a minute: that is for `EVERY_DAY=1 npx vitest run tests/editions/every-zone.test.ts`. */
const STEP = process.env.EVERY_DAY ? 1 : 9;

/** Instants at which a zone's clocks change within the three years, found without the code under test. */
function offsetsOf(zone: string): readonly { readonly at: number; readonly offset: number }[] {
  const shown = wallClock(zone);
  const offset = (at: number) => shown(at) - at;
  const found = [{ at: Number.NEGATIVE_INFINITY, offset: offset(FROM - 3 * DAY) }];
  for (let day = FROM - 3 * DAY; day < FROM + (DAYS + 3) * DAY; day += DAY) {
    if (offset(day + DAY) === found.at(-1)?.offset) continue;
    let [low, high] = [day, day + DAY];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offset(middle) === found.at(-1)?.offset) low = middle;
      else high = middle;
    }
    found.push({ at: high, offset: offset(high) });
  }
  return found;
}

/** The first instant at which a clock with these offsets shows `wall` or later: the rule, read straight from the table. */
function firstShown(offsets: ReturnType<typeof offsetsOf>, wall: number): number {
  for (const [index, { at, offset }] of offsets.entries()) {
    const shown = Math.max(wall - offset, at);
    if (shown < (offsets[index + 1]?.at ?? Number.POSITIVE_INFINITY)) return shown;
  }
  throw new Error('never shown');
}

test('in every zone on offer, throughout three years, one digest a day comes, when the clock first shows its hour', () => {
  const zones = [...ZONES.values()].flat();
  let days = 0;
  let changes = 0;
  for (const [index, zone] of zones.entries()) {
    const offsets = offsetsOf(zone);
    changes += offsets.length - 1;
    let hour = index % 24;
    let last = Number.NEGATIVE_INFINITY;
    for (let day = index % STEP; day < DAYS; day += STEP) {
      const wall = FROM + day * DAY + hour * HOUR;
      const due = firstShown(offsets, wall);
      const slot = { cadence: 'daily', zone, hour } as const;
      // At the tick itself, at the next quarter and just before the following day's.
      for (const at of [due, Math.ceil((due + 1) / QUARTER) * QUARTER, due + DAY - 3 * HOUR])
        if (latestDue(slot, new Date(at).toISOString()) !== new Date(due).toISOString())
          throw new Error(
            `${zone} ${hour}h: ${latestDue(slot, new Date(at).toISOString())} instead of ${new Date(due).toISOString()}`,
          );
      if (latestDue(slot, new Date(due - 1).toISOString()) >= new Date(due).toISOString())
        throw new Error(`${zone} ${hour}h came too early on day ${day}`);
      if (due <= last) throw new Error(`${zone} came twice on day ${day}`);
      last = due;
      hour = (hour + 1) % 24;
      days += 1;
    }
  }
  expect(zones.length).toBeGreaterThan(400);
  expect(days).toBeGreaterThanOrEqual(zones.length * Math.floor(DAYS / STEP));
  expect(changes).toBeGreaterThan(500);
}, 120_000);

test('around every change of a clock all 24 hours come once on each local day', () => {
  let checked = 0;
  for (const zone of [...ZONES.values()].flat()) {
    const offsets = offsetsOf(zone);
    for (const { at, offset } of offsets.slice(1))
      for (let hour = 0; hour < 24; hour += 1)
        for (const day of [-1, 0, 1]) {
          const wall = Math.floor((at + offset) / DAY + day) * DAY + hour * HOUR;
          const due = firstShown(offsets, wall);
          const slot = { cadence: 'daily', zone, hour } as const;
          for (const [asked, wanted] of [
            [due, due],
            [due + 8 * HOUR, due],
          ] as const)
            if (Date.parse(latestDue(slot, new Date(asked).toISOString())) !== wanted)
              throw new Error(`${zone} ${hour}h near ${new Date(at).toISOString()}`);
          checked += 1;
        }
  }
  expect(checked).toBeGreaterThan(40_000);
}, 120_000);
