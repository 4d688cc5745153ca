import { clipLine, clipRing } from './clip.ts';
import data from './data.json' with { type: 'json' };
import { decodePolyline, type Point } from './polyline.ts';
import type { MapView } from './view.ts';

/** The land in sight, as SVG path data. */
export function land(view: MapView): string {
  return data.land
    .flatMap((ring) => around(decodePolyline(ring)))
    .map((ring) => path(clipRing(ring.map(view.at), view), 'z'))
    .join('');
}

/** What lies beyond the 180th meridian lies in the far west too. */
function around(ring: readonly Point[]): readonly (readonly Point[])[] {
  const beyond = ring.find(([lon]) => Math.abs(lon) > 180);
  if (!beyond) return [ring];
  const turn = beyond[0] > 0 ? -360 : 360;
  return [ring, ring.map(([lon, lat]) => [lon + turn, lat] as const)];
}

/** The borders in sight, as SVG path data. */
export function borders(view: MapView): string {
  return data.borders
    .flatMap((line) => clipLine(decodePolyline(line).map(view.at), view))
    .map((line) => path(line, ''))
    .join('');
}

/** Steps between whole units; one of a single unit does not show, and waits for the next. */
function path(points: readonly Point[], end: string): string {
  const steps: string[] = [];
  let last: Point | undefined;
  for (const point of points) {
    const next = whole(point);
    const step: Point = last ? [next[0] - last[0], next[1] - last[1]] : next;
    if (last && Math.abs(step[0]) < 2 && Math.abs(step[1]) < 2) continue;
    steps.push(`${last ? 'l' : 'M'}${step[0]} ${step[1]}`);
    last = next;
  }
  return steps.length > 2 || (steps.length > 1 && end === '') ? steps.join('') + end : '';
}

/** In whole units of the picture: shorter paths, nothing to be seen of it. */
export const whole = ([x, y]: Point): Point => [Math.round(x), Math.round(y)];
