import { DAY, HOUR } from '../../time.ts';
import type { Instant } from '../../types.ts';
import type { EventTime, ScoredItem } from '../model.ts';
import { findTerms, type Hit } from '../terms.ts';
import { fold } from '../text.ts';
import { type Calendar, calendarOf } from './calendar.ts';

const FINEST: readonly EventTime['precision'][] = ['hour', 'day', 'week', 'month'];
/** A time further back is what the news refers to, not when it happened. */
const MOST_DAYS: Readonly<Record<EventTime['precision'], number>> = { hour: 7, day: 7, week: 14, month: 62 };
const CLOCK = /\b([01]?\d|2[0-3])[:.h]?([0-5]\d) ?(?:gmt|utc)\b/i;
const YEAR = /^20\d\d$/;
const IDEOGRAPHIC = /(?:(\d{1,2})月)?(\d{1,2})[日号]/;

/**
 * When the event of a story was, as its items say ("on Monday", "gisteren", "12 December"), relative to the publication
 * of each, days in UTC. The finest precision wins, then what most items say, then the earlier time. Undefined when none says.
 */
export function timeOf(items: readonly ScoredItem[]): EventTime | undefined {
  const said = items.flatMap(({ item, decision }) => {
    const published = item.published ?? item.firstSeen;
    const time = timeIn(item.title, decision.lang, published) ?? timeIn(item.summary, decision.lang, published);
    return time ? [time] : [];
  });
  const votes = (one: EventTime) => said.filter(({ at, precision }) => at === one.at && precision === one.precision);
  return said.toSorted(
    (a, b) =>
      FINEST.indexOf(a.precision) - FINEST.indexOf(b.precision) ||
      votes(b).length - votes(a).length ||
      (a.at < b.at ? -1 : 1),
  )[0];
}

/** The time that a text in a language gives; the finest that it names, of equals the first. */
export function timeIn(text: string, lang: string, published: Instant): EventTime | undefined {
  const calendar = calendarOf(lang);
  const today = dayOf(Date.parse(published));
  if (!calendar || Number.isNaN(today)) return undefined;
  const folded = fold(text);
  const found = [
    ...findTerms(calendar.index, folded)
      .toSorted((a, b) => a.at - b.at)
      .flatMap((hit) => read(hit, folded, calendar, today) ?? []),
    ...ideographic(folded, today),
  ].filter(({ day, precision }) => day <= today && day >= today - MOST_DAYS[precision] * DAY);
  const best = found.toSorted((a, b) => FINEST.indexOf(a.precision) - FINEST.indexOf(b.precision))[0];
  return best && withHour(best, text);
}

interface Found {
  /** Start of the day in UTC, milliseconds since 1970. */
  readonly day: number;
  readonly precision: EventTime['precision'];
}

function read({ id, text, at }: Hit, folded: string, { not, inside }: Calendar, today: number): Found | undefined {
  const before = folded.slice(0, at).trim().split(' ');
  const [kind, number] = id.split(':');
  const n = Number(number);
  if (kind === 'month') {
    const date = dateBeside(
      before,
      folded
        .slice(at + text.length)
        .trim()
        .split(' '),
      n,
      today,
    );
    if (!date) return inside.has(before.at(-1) ?? '') ? monthOf(closest(n, 1, today)) : undefined;
    return not.has(before.at(date.taken) ?? '') ? undefined : { day: date.day, precision: 'day' };
  }
  if (not.has(before.at(-1) ?? '')) return undefined;
  const [next] = folded
    .slice(at + text.length)
    .trim()
    .split(' ', 1);
  // "Friday 13 March": the date itself says it, and it may be to come.
  if (kind === 'weekday' && numberIn(next) !== undefined) return undefined;
  if (kind === 'day') return { day: today - n * DAY, precision: 'day' };
  if (kind === 'weekday') return { day: today - ((weekdayOf(today) - n + 7) % 7) * DAY, precision: 'day' };
  if (kind === 'week') return { day: today - (weekdayOf(today) - 1 + 7 * n) * DAY, precision: 'week' };
  return monthOf(monthOf(today).day - DAY);
}

/** The month around a day. */
function monthOf(day: number): Found {
  const date = new Date(day);
  return { day: Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1), precision: 'month' };
}

/** "12 December", "8 de diciembre", "December 12"; `taken` is where the word before the date stands, from the end. */
function dateBeside(
  before: readonly string[],
  after: readonly string[],
  month: number,
  today: number,
): { readonly day: number; readonly taken: number } | undefined {
  const gap = before.at(-1) === 'de' ? -2 : -1;
  const left = numberIn(before.at(gap));
  const right = numberIn(after[0]);
  const day = left ?? right;
  if (day === undefined) return undefined;
  const year = YEAR.exec((left === undefined ? after[1] : after[0]) ?? '')?.[0];
  return {
    day: year ? Date.UTC(Number(year), month - 1, day) : closest(month, day, today),
    taken: left === undefined ? -1 : gap - 1,
  };
}

function numberIn(word = ''): number | undefined {
  const [digits] = /^\d{1,2}/.exec(word) ?? [];
  const number = Number(digits);
  return digits && number >= 1 && number <= 31 ? number : undefined;
}

/** That day of the month in the year that puts it nearest before today. */
function closest(month: number, day: number, today: number): number {
  const year = new Date(today).getUTCFullYear();
  const inYear = Date.UTC(year, month - 1, day);
  return inYear > today + DAY ? Date.UTC(year - 1, month - 1, day) : inYear;
}

/** `12月8日`, or `8日` of the month of publication. */
function ideographic(folded: string, today: number): Found[] {
  const [, month, day] = IDEOGRAPHIC.exec(folded) ?? [];
  if (day === undefined) return [];
  const own = month === undefined ? new Date(today).getUTCMonth() + 1 : Number(month);
  return [{ day: closest(own, Number(day), today), precision: 'day' }];
}

/** An hour only when the text says that it is Greenwich time: of others the zone is not known. */
function withHour({ day, precision }: Found, text: string): EventTime {
  const [, hour] = (precision === 'day' && CLOCK.exec(text)) || [];
  return hour === undefined
    ? { at: new Date(day).toISOString(), precision }
    : { at: new Date(day + Number(hour) * HOUR).toISOString(), precision: 'hour' };
}

function dayOf(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/** 1 Monday .. 7 Sunday. */
function weekdayOf(day: number): number {
  return ((new Date(day).getUTCDay() + 6) % 7) + 1;
}
