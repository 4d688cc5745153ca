import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clipLine, clipRing } from '../../lib/rendering/map/clip.ts';
import { labelBeside } from '../../lib/rendering/map/labels.ts';
import { decodePolyline, encodePolyline } from '../../lib/rendering/map/polyline.ts';
import { simplify } from '../../lib/rendering/map/simplify.ts';
import { viewOf } from '../../lib/rendering/map/view.ts';
import { drawMap, type MapPlace, placesIn } from '../../lib/rendering/map.ts';
import type { Place } from '../../lib/selection/model.ts';
import type { Locale } from '../../lib/types.ts';
import { mapSvg } from '../../lib/web/pages/edition-svg.ts';
import { decision, edition, item, sampleEdition, story } from '../editions/build.ts';

const place = (name: string, over: Partial<Place> = {}): Place => ({
  ...{ name, country: 'UA', lat: 49, lon: 32, precision: 1 },
  ...over,
});
const entry = (one: Place): MapPlace => ({ place: one, name: one.name, stories: [] });
const picture = (places: readonly MapPlace[], locale: Locale) => String(mapSvg(drawMap(places, locale), 'A map'));
const draw = (...places: Place[]) => picture(places.map(entry), 'en');

/** How high on the map straight lines of more than half its width lie. */
function longLines(svg: string): readonly number[] {
  const path = /class="land" d="([^"]*)"/.exec(svg)?.[1] ?? '';
  const found: number[] = [];
  let y = 0;
  for (const [, step, dx, dy] of path.matchAll(/([Ml])(-?\d+) (-?\d+)/g)) {
    y = step === 'M' ? Number(dy) : y + Number(dy);
    if (step === 'l' && Math.abs(Number(dx)) > 400) found.push(y);
  }
  return found;
}

describe('the places of an edition', () => {
  const told = (title: string, ...places: Place[]) =>
    story([{ item: item({ title }), decision: decision() }], { places });

  test('are each named once, with the stories that happen there, most first', () => {
    const [izium, kherson] = [place('Izium'), place('Kherson')];
    const made = edition([
      told('One', kherson),
      told('Two', izium, kherson),
      told('Three', izium),
      told('Four', izium),
    ]);
    const named = placesIn(made).map(({ name, stories }) => [name, stories.length]);
    expect(named).toEqual([
      ['Izium, Ukraine', 3],
      ['Kherson, Ukraine', 2],
    ]);
  });

  test('have names in the language of the edition; a country stands alone', () => {
    const sudan = place('Sudan', { country: 'SD', precision: 3 });
    const key = { publication: 'war', cadence: 'daily', variant: 'nl', dueAt: '2026-11-23T06:00:00.000Z' } as const;
    expect(placesIn(edition([told('One', sudan)], { key })).map(({ name }) => name)).toEqual(['Soedan']);
  });

  test('are none when no story says where', () => {
    expect(placesIn(edition([told('One')]))).toEqual([]);
  });
});

describe('the map', () => {
  test('has a dot for a town and a ring for a country, with their names and a description', () => {
    const svg = draw(place('Izium'), place('Moldova', { country: 'MD', lat: 47, lon: 29, precision: 3 }));
    expect(svg.match(/class="dot"/g)).toHaveLength(1);
    expect(svg.match(/class="ring"/g)).toHaveLength(1);
    expect(svg).toContain('role="img" aria-label="A map"');
    expect(svg).toContain('>Izium</text>');
    expect(svg).toContain('>Moldova</text>');
  });

  test('shows the land around, and stays small wherever it is', () => {
    for (const [lat, lon] of [
      [49, 32],
      [15, 32],
      [31.5, 34.4],
      [21, 96],
      [-17.5, 178],
      [64, -170],
      [-50, -70],
    ]) {
      const svg = draw(place('Here', { lat: lat ?? 0, lon: lon ?? 0 }));
      expect(svg).toMatch(/class="land" d="M[-\d]/);
      expect(svg.length).toBeLessThan(30_000);
    }
    const everywhere = draw(place('A', { lat: 60, lon: -150 }), place('B', { lat: -40, lon: 170 }));
    expect(everywhere.length).toBeLessThan(60_000);
  });

  test('keeps every dot in sight', () => {
    const svg = picture(placesIn(sampleEdition(60)), 'uk');
    const dots = [...svg.matchAll(/cx="(-?\d+)" cy="(-?\d+)" r="(\d+)"/g)].map((match) => match.slice(1).map(Number));
    expect(dots.length).toBeGreaterThan(3);
    for (const [x = 0, y = 0, radius = 0] of dots) {
      expect(Math.min(x, y)).toBeGreaterThan(radius);
      expect([x < 800 - radius, y < 460 - radius]).toEqual([true, true]);
    }
  });

  test('leaves a country far from all towns to the list; without towns it shows every country', () => {
    const russia = place('Russia', { country: 'RU', lat: 60, lon: 100, precision: 3 });
    const moldova = place('Moldova', { country: 'MD', lat: 47, lon: 29, precision: 3 });
    const near = draw(place('Izium'), moldova, russia);
    expect(near).toContain('>Moldova</text>');
    expect(near.match(/class="ring"/g)).toHaveLength(1);
    expect(draw(russia, moldova).match(/class="ring"/g)).toHaveLength(2);
  });

  test('draws no line around the world for what crosses the 180th meridian', () => {
    for (const lon of [-170, 60, 178]) {
      const lines = longLines(draw(place('Here', { lat: 66, lon })));
      // Only the frame of the view cuts straight through the land.
      expect(lines.filter((y) => y !== -4 && y !== 464)).toEqual([]);
    }
  });

  test('writes the names of hostile feeds as text, and needs no style or script of its own', () => {
    const svg = draw(place('<script>"&'));
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toMatch(/<script|style=|<style|href/);
  });

  test('its data stay within what a function may carry', () => {
    expect(statSync(new URL('../../lib/rendering/map/data.json', import.meta.url)).size).toBeLessThan(60_000);
  });
});

describe('what the map is made with', () => {
  test('lines as text come back to a fiftieth of a degree', () => {
    const line = [
      [0, 0],
      [-179.98, 83.5],
      [12.34, -55.5],
      [12.34, -55.5],
    ] as const;
    const back = decodePolyline(encodePolyline(line));
    expect(back).toHaveLength(line.length);
    back.forEach(([lon, lat], at) => {
      expect(Math.abs(lon - (line[at]?.[0] ?? 0))).toBeLessThanOrEqual(0.01);
      expect(Math.abs(lat - (line[at]?.[1] ?? 0))).toBeLessThanOrEqual(0.01);
    });
  });

  test('a corner that hardly shows goes, one that shows stays, and so do the ends', () => {
    expect(
      simplify([
        [-100, 0],
        [-95, 0.001],
        [-90, 0],
      ]),
    ).toEqual([
      [-100, 0],
      [-90, 0],
    ]);
    expect(
      simplify([
        [-100, 0],
        [-95, 3],
        [-90, 0],
      ]),
    ).toHaveLength(3);
  });

  test('a ring around the view becomes its frame, one elsewhere nothing', () => {
    const size = { width: 100, height: 50 };
    const around = clipRing(
      [
        [-500, -500],
        [500, -500],
        [500, 500],
        [-500, 500],
      ],
      size,
    );
    expect(new Set(around.flat())).toEqual(new Set([-4, 104, 54]));
    expect(
      clipRing(
        [
          [200, 0],
          [300, 0],
          [300, 20],
        ],
        size,
      ),
    ).toEqual([]);
    expect(
      clipLine(
        [
          [-50, 10],
          [150, 10],
          [150, 400],
          [140, 500],
        ],
        size,
      ),
    ).toEqual([
      [
        [-50, 10],
        [150, 10],
      ],
    ]);
  });

  test('one place alone is shown with its surroundings', () => {
    const { at, width } = viewOf([[32, 49]]);
    const [left = 0] = at([26, 49]);
    expect(left).toBeGreaterThan(0);
    expect(at([32, 49])[0]).toBe(width / 2);
  });

  test('a name that has no room is left out rather than put over another', () => {
    const room = { width: 800, height: 200, size: 26, taken: [] };
    const put = () => labelBeside('Izium', [400, 100], 30, room);
    expect([put()?.anchor, put()?.anchor, put()?.anchor]).toEqual(['start', 'end', 'middle']);
    put();
    expect(put()).toBeUndefined();
  });
});
