import type { Point } from './polyline.ts';

export interface Label {
  readonly text: string;
  readonly at: Point;
  readonly anchor: 'start' | 'middle' | 'end';
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Room {
  readonly width: number;
  readonly height: number;
  readonly size: number;
  /** Taken already; what is placed is added. */
  readonly taken: Box[];
}

/** A letter is about so wide, of the font's size. */
const LETTER = 0.62;
/** How far the baseline is below the middle of the letters. */
const BASE = 0.35;

/** The text beside a dot: on the first side where it covers nothing; undefined when there is none. */
export function labelBeside(text: string, [x, y]: Point, gap: number, room: Room): Label | undefined {
  const { size } = room;
  const middle = y + size * BASE;
  return firstThatFits(room, [
    { text, at: [x + gap, middle], anchor: 'start' },
    { text, at: [x - gap, middle], anchor: 'end' },
    { text, at: [x, y - gap], anchor: 'middle' },
    { text, at: [x, y + gap + size * 0.8], anchor: 'middle' },
  ]);
}

/** The text right at a point, or a little above or below; undefined where it would cover something. */
export function labelAt(text: string, [x, y]: Point, room: Room): Label | undefined {
  const { size } = room;
  const shifts = [BASE, BASE + 0.9, BASE - 0.9];
  return firstThatFits(
    room,
    shifts.map((shift) => ({ text, at: [x, y + size * shift], anchor: 'middle' })),
  );
}

function firstThatFits(room: Room, tries: readonly Label[]): Label | undefined {
  const { size } = room;
  for (const label of tries) {
    const box = boxOf(label, label.text.length * size * LETTER, size);
    if (!fits(box, room)) continue;
    room.taken.push(box);
    return { ...label, at: [Math.round(label.at[0]), Math.round(label.at[1])] };
  }
  return undefined;
}

/** The square around a mark. */
export function boxAround([x, y]: Point, radius: number): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function boxOf({ at: [x, y], anchor }: Label, length: number, size: number): Box {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - length : x - length / 2;
  return { left, right: left + length, top: y - size * 0.85, bottom: y + size * 0.3 };
}

function fits(box: Box, { width, height, taken }: Room): boolean {
  const inside = box.left > 4 && box.right < width - 4 && box.top > 4 && box.bottom < height - 4;
  const overlaps = (other: Box) =>
    box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
  return inside && !taken.some(overlaps);
}
