import { HOUR } from '../time.ts';
import type { Instant } from '../types.ts';
import { offsetAt } from './zone.ts';

/** From the first hour up to, not including, the second (0..23); over midnight where the first is later. The same twice: none. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Whether it is not one of the quiet hours on a clock in this IANA zone. */
export function isAwake({ from, to }: QuietHours, zone: string, now: Instant): boolean {
  const at = Date.parse(now);
  const hour = Math.floor((at + offsetAt(zone, at)) / HOUR) % 24;
  const isQuiet = from <= to ? hour >= from && hour < to : hour >= from || hour < to;
  return !isQuiet;
}
