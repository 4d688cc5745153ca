import { MINUTE, SECOND } from '../time.ts';
import { monthOf } from './months.ts';
import { zoneMinutes } from './zones.ts';

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const TIME =
  /(?<![\d+-])(\d{1,2})\s?[:h]\s?(\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?![\d:])\s*(?:uhr|h)?\s*([ap]\.?m\b\.?)?/i;
const EASTERN_HALF = /(오전|오후|上午|下午|午前|午後)\s*(\d{1,2}:\d{2}(?::\d{2})?)/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?!\d)/i;
const YEAR_FIRST = /(?<!\d)(\d{4})[-/.](\d{1,3})(?:[-/.](\d{1,2}))?(?!\d)/;
const YEAR_LAST = /(?<!\d)(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d\d)(?!\d)/;
/** What most feeds write (RFC 822 with four digits of the year). */
const USUAL = /^(?:[a-z]{3}, )?(\d\d?) ([a-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4}|GMT)$/i;
/** Day and year around a month's name; a comma, dash or ordinal ending may stand between. */
const DAY_MONTH =
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s,.-]*(?:de\s|of\s)?(\p{L}[\p{L}\p{M}]+)\.?(?:\s+de(?:l)?\b)?[\s,'’-]*(\d{4}|\d\d)?(?![\d:])/gu;
const MONTH_DAY = /(\p{L}[\p{L}\p{M}]+)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?(?![:\d])/gu;
const FAR_YEAR = /(?<![\d:+-])(\d{4})(?![\d:])/;

/**
 * The instant that a date means, whatever its format: RFC 822 and its relatives, ISO 8601 and W3C-DTF, asctime, names
 * of months in many languages, numbers alone. A date without a zone counts as UTC, one without a time as midnight.
 * @returns ISO 8601 in UTC; null when the text is no date, or none between 1970 and 2100
 */
export function parseDate(written: string): string | null {
  const usual = USUAL.exec(written);
  return usual ? fromUsual(usual) : fromAny(tidy(written));
}

function fromUsual([, day, word, year, hour, minute, second, zone]: RegExpExecArray): string | null {
  const month = monthOf(word ?? '') ?? 0;
  return instant({ year: Number(year), month, day: Number(day) }, [Number(hour), Number(minute), Number(second)], zone);
}

function fromAny(text: string): string | null {
  const compact = COMPACT.exec(text);
  if (compact) return fromCompact(compact, text);
  const time = TIME.exec(text);
  const before = time ? text.slice(0, time.index) : text;
  const after = time ? text.slice(time.index + time[0].length) : '';
  const day = readDay(time ? `${before} ${after}` : before, before);
  if (!day) return null;
  return instant(day, time ? clockOf(time) : [0, 0, 0], time ? after : '');
}

/** Comments dropped, East Asian units and odd spaces replaced, at most 100 characters. */
function tidy(written: string): string {
  const text = written.slice(0, 200).replace(/\([^()]*\)/g, ' ');
  const western = text
    .replace(/[年年月년월]\s*/g, '-')
    .replace(/[日일]/g, ' ')
    .replace(/[時时点시]\s*/g, ':')
    .replace(/[分분]/g, ' ');
  const clock = western.replace(EASTERN_HALF, (_all, half, time) => `${time} ${/[후下後]/.test(half) ? 'pm' : 'am'}`);
  return clock
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .slice(0, 100);
}

function fromCompact([, year, month, day, hour, minute, second]: RegExpExecArray, text: string): string | null {
  const digits = /^\d+/.exec(text)?.[0].length ?? 0;
  if (digits !== 8 && digits !== 14 && digits !== 12) return null;
  const clock = [hour, minute, second].map((part) => Number(part ?? 0)) as [number, number, number];
  const rest = text.slice(8).replace(/^T?\d{2,6}/i, '');
  return instant({ year: Number(year), month: Number(month), day: Number(day) }, clock, rest);
}

function clockOf([, hour, minute, second, half]: RegExpExecArray): [number, number, number] {
  const isPm = /^p/i.test(half ?? '');
  const hours = half ? (Number(hour) % 12) + (isPm ? 12 : 0) : Number(hour);
  return [hours, Number(minute), Number(second ?? 0)];
}

function readDay(text: string, before: string): Day | undefined {
  return yearFirst(before) ?? named(text) ?? yearLast(before) ?? yearOnly(before);
}

function yearFirst(text: string): Day | undefined {
  const match = YEAR_FIRST.exec(text);
  if (!match) return undefined;
  const [, year, second, third] = match.map(Number);
  if (match[2]?.length === 3 && match[3] === undefined) return { year: year ?? 0, month: 1, day: second ?? 0 };
  return { year: year ?? 0, month: second ?? 0, day: match[3] === undefined ? 1 : (third ?? 0) };
}

function named(text: string): Day | undefined {
  for (const [, day, word, year] of text.matchAll(DAY_MONTH)) {
    const month = monthOf(word ?? '');
    if (month) return { year: fullYear(year ?? FAR_YEAR.exec(text)?.[1]), month, day: Number(day) };
  }
  for (const [, word, day] of text.matchAll(MONTH_DAY)) {
    const month = monthOf(word ?? '');
    if (month) return { year: fullYear(FAR_YEAR.exec(text)?.[1]), month, day: Number(day) };
  }
  return undefined;
}

/** Day first with points; with slashes the month, unless only the day can be first. */
function yearLast(text: string): Day | undefined {
  const match = YEAR_LAST.exec(text);
  if (!match) return undefined;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const dayFirst = match[2] !== '/' || first > 12;
  return { year: fullYear(match[4]), month: dayFirst ? second : first, day: dayFirst ? first : second };
}

function yearOnly(text: string): Day | undefined {
  return /^\d{4}$/.test(text) ? { year: Number(text), month: 1, day: 1 } : undefined;
}

function fullYear(digits: string | undefined): number {
  const year = Number(digits ?? 0);
  if (digits?.length !== 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/** RFC 3339 allows second 60 and ISO 8601 hour 24; anything else out of range is no date. */
function instant(day: Day, [hour, minute, second]: [number, number, number], zone = ''): string | null {
  const isOrdinal = day.month === 1 && day.day > 31 && day.day <= 366;
  const date = Date.UTC(day.year, day.month - 1, day.day);
  if (!isOrdinal && (day.month < 1 || new Date(date).getUTCMonth() !== day.month - 1 || day.day < 1)) return null;
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null;
  const local = date + ((hour * 60 + minute) * 60 + second) * SECOND;
  const time = local - zoneMinutes(zone, local) * MINUTE;
  if (!(time >= 0 && time < Date.UTC(2100, 0))) return null;
  return new Date(time).toISOString();
}
