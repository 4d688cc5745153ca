import type { Point } from './polyline.ts';

/** A corner whose triangle with its neighbours is smaller than this (square degrees) goes. */
const SMALL = 0.03;
/** Where the wars are, corners count more: from the Sahel to Myanmar. */
const CLOSE = { west: -18, south: -12, east: 100, north: 60, weight: 5 };

/** Visvalingam's simplification: the corner that matters least goes first; the ends stay. */
export function simplify(line: readonly Point[]): Point[] {
  const points = [...line];
  while (points.length > 2) {
    let [least, at] = [Number.POSITIVE_INFINITY, 0];
    for (let index = 1; index < points.length - 1; index++) {
      const area = matters(points, index);
      if (area < least) [least, at] = [area, index];
    }
    if (least >= SMALL) break;
    points.splice(at, 1);
  }
  return points;
}

function matters(points: readonly Point[], index: number): number {
  const [[ax, ay], [bx, by], [cx, cy]] = points.slice(index - 1, index + 2) as [Point, Point, Point];
  const { west, south, east, north, weight } = CLOSE;
  const close = bx > west && bx < east && by > south && by < north;
  return (Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2) * (close ? weight : 1);
}
