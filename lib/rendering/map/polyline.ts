/** Longitude, latitude in degrees. */
export type Point = readonly [lon: number, lat: number];

/** Fineness of the map data: fiftieths of a degree, about two kilometres. */
const UNITS = 50;

/**
 * Points as text, about three characters each: differences as zigzag numbers in groups of five bits, offset into
 * printable characters (Google's "encoded polyline" with another fineness, longitude first).
 */
export function encodePolyline(points: readonly Point[]): string {
  let [x, y, text] = [0, 0, ''];
  for (const [lon, lat] of points) {
    const [nextX, nextY] = [Math.round(lon * UNITS), Math.round(lat * UNITS)];
    text += encode(nextX - x) + encode(nextY - y);
    [x, y] = [nextX, nextY];
  }
  return text;
}

/** The points that `encodePolyline` wrote. */
export function decodePolyline(text: string): Point[] {
  const numbers = decode(text);
  const points: Point[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < numbers.length; at += 2) {
    x += numbers[at] ?? 0;
    y += numbers[at + 1] ?? 0;
    points.push([x / UNITS, y / UNITS]);
  }
  return points;
}

function encode(value: number): string {
  let rest = value < 0 ? ~(value << 1) : value << 1;
  let text = '';
  for (; rest >= 32; rest >>= 5) text += String.fromCharCode((32 | (rest & 31)) + 63);
  return text + String.fromCharCode(rest + 63);
}

function decode(text: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const bits = text.charCodeAt(at) - 63;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits < 32) {
      numbers.push(value & 1 ? ~(value >> 1) : value >> 1);
      [value, shift] = [0, 0];
    }
  }
  return numbers;
}
