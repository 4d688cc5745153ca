import type { Point } from './polyline.ts';

/** A rectangle of the map in its own units, and where a point of the earth lies in it. */
export interface MapView {
  readonly width: number;
  readonly height: number;
  at(point: Point): Point;
}

const WIDTH = 800;
const HEIGHT = 460;
/** Nobody finds their way in a view narrower than this (degrees at the equator). */
const NARROWEST = 15;
/** Space around the outermost points. */
const AIR = 1.45;

/** The smallest view that shows all points, in plate carrée with true proportions at its middle. */
export function viewOf(points: readonly Point[]): MapView {
  const [west, east] = extent(points.map(([lon]) => lon));
  const [south, north] = extent(points.map(([, lat]) => lat));
  const middle = (south + north) / 2;
  const squeeze = Math.cos((middle * Math.PI) / 180);
  const ratio = WIDTH / HEIGHT;
  const span = Math.max(NARROWEST, (east - west) * squeeze * AIR, (north - south) * AIR * ratio);
  const scale = WIDTH / Math.min(span, 360 * squeeze);
  const centre = (west + east) / 2;
  return {
    width: WIDTH,
    height: HEIGHT,
    at: ([lon, lat]) => [WIDTH / 2 + (lon - centre) * squeeze * scale, HEIGHT / 2 - (lat - middle) * scale],
  };
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
