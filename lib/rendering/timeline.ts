import type { Edition } from '../editions/model.ts';
import { storiesOf } from '../editions/since.ts';
import { DAY, HOUR } from '../time.ts';
import type { Instant } from '../types.ts';
import { clock, shortDate } from './format.ts';
import type { Label } from './map/labels.ts';

export interface Bar {
  readonly from: Instant;
  /** `06:00`, or `23 Nov` where a bar is a day. */
  readonly label: string;
  /** Reports published in it. */
  readonly count: number;
}

/** How much was reported when: the reports in an edition's stories by the time at which they were published. */
export interface Coverage {
  readonly unit: 'hour' | 'day';
  /** One after the other up to the edition's due time. */
  readonly bars: readonly Bar[];
  /** Reports from before the first bar. */
  readonly earlier: number;
}

const WIDTH = 800;
const HEIGHT = 210;
/** For the figure on the highest bar, and for the times below. */
const ABOVE = 30;
const BELOW = 34;

/** A day's reports by hour, a week's by day. */
export function coverageOf(edition: Edition): Coverage {
  const { cadence, variant, dueAt, zone } = edition;
  const weekly = cadence === 'weekly';
  const [step, length] = weekly ? [DAY, 7] : [HOUR, 24];
  const start = endOf(edition) - step * length;
  const counts = new Array<number>(length).fill(0);
  let earlier = 0;
  for (const { item } of storiesOf(edition).flatMap((story) => story.items)) {
    const bar = Math.min(length - 1, Math.floor((Date.parse(item.published ?? item.firstSeen) - start) / step));
    if (bar < 0) earlier += 1;
    else counts[bar] = (counts[bar] ?? 0) + 1;
  }
  const write = weekly ? (at: Instant) => shortDate(variant, at, zone) : clock(variant, dueAt, zone);
  const bars = counts.map((count, index) => {
    const from = new Date(start + index * step).toISOString();
    return { from, label: write(from), count };
  });
  return { unit: weekly ? 'day' : 'hour', bars, earlier };
}

/** The due time; an edition composed long after it has reports from then too. */
function endOf({ dueAt, composedAt }: Edition): number {
  const [due, made] = [Date.parse(dueAt), Date.parse(composedAt)];
  return made - due < HOUR ? due : Math.ceil(made / HOUR) * HOUR;
}

/** The bar with most reports, the first of equals. */
export function highest({ bars }: Coverage): Bar | undefined {
  return bars.reduce<Bar | undefined>((best, bar) => (best && best.count >= bar.count ? best : bar), undefined);
}

/** What a picture of the coverage is made of, in units of its own. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  /** Where the bars stand. */
  readonly floor: number;
  readonly bars: readonly { readonly x: number; readonly width: number; readonly height: number }[];
  /** The times below, and the figure on the highest bar. */
  readonly texts: readonly Label[];
}

/** Where bars and words stand in a picture of `WIDTH` by `HEIGHT`. */
export function drawTimeline(coverage: Coverage): Chart {
  const { bars, unit } = coverage;
  const top = highest(coverage);
  const slot = WIDTH / bars.length;
  const floor = HEIGHT - BELOW;
  const tall = (count: number) => Math.round(((floor - ABOVE) * count) / Math.max(1, top?.count ?? 1));
  const every = unit === 'day' ? 1 : 6;
  const below = bars.flatMap(({ label }, index) =>
    index % every === 0 ? text(index, floor + 26, timeOnly(label)) : [],
  );
  return {
    ...{ width: WIDTH, height: HEIGHT, floor },
    bars: bars.flatMap(({ count }, index) => {
      const x = Math.round(index * slot + slot * 0.12);
      return count === 0 ? [] : { x, width: Math.round(slot * 0.76), height: tall(count) };
    }),
    texts: top && top.count > 0 ? [...below, text(bars.indexOf(top), ABOVE - 8, String(top.count))] : below,
  };

  function text(index: number, y: number, words: string): Label {
    if (index === 0) return { text: words, at: [Math.round(slot * 0.12), y], anchor: 'start' };
    return { text: words, at: [Math.round((index + 0.5) * slot), y], anchor: 'middle' };
  }
}

/** `22 Nov 18:00` as `18:00`: below a chart of one day the day says little. */
function timeOnly(label: string): string {
  return /\d{2}:\d{2}$/.exec(label)?.[0] ?? label;
}
