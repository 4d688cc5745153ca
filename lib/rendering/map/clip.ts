import type { Point } from './polyline.ts';

/** So far beyond the edge lines still go, so that none ends in sight. */
const BLEED = 4;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part of a ring inside the rectangle (Sutherland and Hodgman): one edge after the other cuts off what is beyond. */
export function clipRing(ring: readonly Point[], { width, height }: Size): readonly Point[] {
  let left = ring;
  left = cut(left, 0, -BLEED, 1);
  left = cut(left, 0, width + BLEED, -1);
  left = cut(left, 1, -BLEED, 1);
  return cut(left, 1, height + BLEED, -1);
}

function cut(ring: readonly Point[], axis: 0 | 1, edge: number, side: 1 | -1): readonly Point[] {
  const inside = (point: Point) => (point[axis] - edge) * side >= 0;
  return ring.flatMap((point, index) => {
    const before = ring.at(index - 1) ?? point;
    const crossing = inside(point) === inside(before) ? [] : [meet(before, point, axis, edge)];
    return inside(point) ? [...crossing, point] : crossing;
  });
}

function meet(a: Point, b: Point, axis: 0 | 1, edge: number): Point {
  const share = (edge - a[axis]) / (b[axis] - a[axis]);
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** The stretches of a line of which something is inside the rectangle. */
export function clipLine(line: readonly Point[], { width, height }: Size): readonly (readonly Point[])[] {
  const stretches: Point[][] = [[]];
  line.slice(1).forEach((end, index) => {
    const start = line[index] ?? end;
    const misses = beyond(start[0], end[0], width) || beyond(start[1], end[1], height);
    const stretch = stretches.at(-1);
    if (misses) stretches.push([]);
    else stretch?.push(...(stretch.length > 0 ? [end] : [start, end]));
  });
  return stretches.filter(({ length }) => length > 1);
}

const beyond = (a: number, b: number, most: number): boolean => (a < 0 && b < 0) || (a > most && b > most);
