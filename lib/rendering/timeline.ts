import type { Edition } from '../editions/model.ts';
import { storiesOf } from '../editions/since.ts';
import type { Instant } from '../types.ts';
import { escapeHtml } from './escape.ts';
import { clock, shortDate } from './format.ts';

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

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
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

/**
 * The coverage as bars, as SVG whose colours the style sheet gives.
 * @param label what the picture shows, for those who do not see it
 */
export function timelineSvg(coverage: Coverage, label: string): string {
  const { bars, unit } = coverage;
  const top = highest(coverage);
  const slot = WIDTH / bars.length;
  const floor = HEIGHT - BELOW;
  const tall = (count: number) => Math.round(((floor - ABOVE) * count) / Math.max(1, top?.count ?? 1));
  const drawn = bars.map(({ count }, index) => {
    const x = Math.round(index * slot + slot * 0.12);
    return count === 0
      ? ''
      : `<rect class="bar" x="${x}" y="${floor - tall(count)}" width="${Math.round(slot * 0.76)}" height="${tall(count)}"/>`;
  });
  const every = unit === 'day' ? 1 : 6;
  const times = bars.map(({ label: time }, index) =>
    index % every === 0 ? text(index, floor + 26, timeOnly(time)) : '',
  );
  const figure = top ? text(bars.indexOf(top), ABOVE - 8, String(top.count)) : '';
  return `<svg class="volume" role="img" aria-label="${escapeHtml(label)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" \
xmlns="http://www.w3.org/2000/svg">${drawn.join('')}<path class="axis" d="M0 ${floor}h${WIDTH}"/>${times.join('')}${figure}</svg>`;

  function text(index: number, y: number, words: string): string {
    const x = Math.round((index + 0.5) * slot);
    const anchor = index === 0 ? 'start' : 'middle';
    return `<text x="${index === 0 ? Math.round(slot * 0.12) : x}" y="${y}" text-anchor="${anchor}">${escapeHtml(words)}</text>`;
  }
}

/** `22 Nov 18:00` as `18:00`: below a chart of one day the day says little. */
function timeOnly(label: string): string {
  return /\d{2}:\d{2}$/.exec(label)?.[0] ?? label;
}
