/**
 * Makes `data.json` from Natural Earth's public-domain 1:50m countries as packed by world-atlas:
 *   npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz && node lib/rendering/map/make.ts package/countries-50m.json
 * docs/decisions/105-map.md says what is left out and why.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { encodePolyline, type Point } from './polyline.ts';
import { simplify } from './simplify.ts';

interface Geometry {
  readonly arcs: Nested;
  readonly properties?: { readonly name: string };
}
type Nested = readonly (number | Nested)[];

interface Topology {
  readonly arcs: readonly (readonly Point[])[];
  readonly transform: { readonly scale: Point; readonly translate: Point };
  readonly objects: Readonly<Record<'countries' | 'land', { readonly geometries: readonly Geometry[] }>>;
}

/** Lines that one of the two sides, or most other states, do not accept. */
const DISPUTED = ['Kosovo/Serbia', 'Cyprus/N. Cyprus', 'Somalia/Somaliland', 'Morocco/W. Sahara'];
/** West, south, east, north: Crimea, Golan, Kashmir, Arunachal Pradesh. */
const DISPUTED_BOXES = [
  [33, 45.3, 36, 46.3],
  [35.55, 32.6, 35.95, 33.4],
  [73.4, 32.4, 80.5, 37.2],
  [91.4, 27, 97.6, 29.7],
] as const;
/** Antarctica has no news. */
const SOUTHERNMOST = -60;
/** Islands smaller than this (square degrees) are no help to find one's way. */
const SPECK = 0.03;

const { arcs, transform, objects }: Topology = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const plain = arcs.map((arc) => simplify(unrolled(absolute(arc))));

/** TopoJSON writes a line as integer steps. */
function absolute(steps: readonly Point[]): Point[] {
  const { scale, translate } = transform;
  let [x, y] = [0, 0];
  return steps.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

/** A line that crosses the 180th meridian goes on beyond it, instead of around the world. */
function unrolled(line: readonly Point[], start = line[0]): Point[] {
  let last = start?.[0] ?? 0;
  return line.map(([lon, lat]) => {
    last = lon + 360 * Math.round((last - lon) / 360);
    return [last, lat];
  });
}

/** A negative number means the arc `~index` backwards. */
const lineOf = (index: number): readonly Point[] =>
  index < 0 ? (plain[~index] ?? []).toReversed() : (plain[index] ?? []);

function rings(nested: Nested): Point[][] {
  const flat = nested.every((one) => typeof one === 'number');
  if (!flat) return nested.flatMap((one) => (typeof one === 'number' ? [] : rings(one)));
  const ring: Point[] = [];
  for (const index of nested) ring.push(...unrolled(lineOf(Number(index)), ring.at(-1)));
  return [ring];
}

function borders(): Point[][] {
  const sides = new Map<number, Set<string>>();
  for (const { arcs: nested, properties } of objects.countries.geometries)
    for (const index of (nested as readonly unknown[]).flat(3) as number[]) {
      const arc = index < 0 ? ~index : index;
      sides.set(arc, (sides.get(arc) ?? new Set()).add(properties?.name ?? ''));
    }
  const shared = [...sides].filter(([, names]) => names.size > 1 && !DISPUTED.includes([...names].sort().join('/')));
  return shared.flatMap(([arc]) => undisputed(lineOf(arc)));
}

/** The pieces of a line that lie outside the boxes. */
function undisputed(line: readonly Point[]): Point[][] {
  const pieces: Point[][] = [[]];
  for (const [lon, lat] of line) {
    const inside = DISPUTED_BOXES.some(([w, s, e, n]) => lon > w && lon < e && lat > s && lat < n);
    if (inside) pieces.push([]);
    else pieces.at(-1)?.push([lon, lat]);
  }
  return pieces.filter(({ length }) => length > 1);
}

function areaOf(ring: readonly Point[]): number {
  const twice = ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

const land = objects.land.geometries
  .flatMap(({ arcs: nested }) => rings(nested))
  .filter((ring) => areaOf(ring) > SPECK && ring.some(([, lat]) => lat > SOUTHERNMOST));
const data = { land: land.map(encodePolyline), borders: borders().map(encodePolyline) };
writeFileSync(new URL('data.json', import.meta.url), `${JSON.stringify(data)}\n`);
