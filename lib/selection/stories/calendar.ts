import { addTerms, createTermIndex, type TermIndex } from '../terms.ts';
import locators from './locators.json' with { type: 'json' };
import words from './when.json' with { type: 'json' };

/** The words of a language that say when; see `findTerms`. */
export interface Calendar {
  /**
   * Ids: `day:0` today, `day:1` yesterday ..., `weekday:1` Monday .. `weekday:7`, `month:1` January ..,
   * `week:0` this week, `week:1` the last one, `lastMonth`.
   */
  readonly index: TermIndex;
  /** Words before a day or date that make it the edge of a time, or one to come: "since Monday", "next Friday". */
  readonly not: ReadonlySet<string>;
  /** Words before a month that is itself the time: "in December". */
  readonly inside: ReadonlySet<string>;
}

type Words = (typeof words)[keyof typeof words];

const built = new Map<string, Calendar>();
const known = new Map(Object.entries(words));
const places = new Map(Object.entries(locators.before));

/** Undefined for a language without words. */
export function calendarOf(lang: string): Calendar | undefined {
  const own = known.get(lang);
  const calendar = built.get(lang) ?? (own && build(lang, own));
  if (calendar) built.set(lang, calendar);
  return calendar;
}

function build(lang: string, { weekdays, today, yesterday, before, week, lastWeek, lastMonth, not }: Words): Calendar {
  const index = createTermIndex();
  addTerms(index, 'day:0', today);
  addTerms(index, 'day:1', yesterday);
  addTerms(index, 'day:2', before);
  addTerms(index, 'week:0', week);
  addTerms(index, 'week:1', lastWeek);
  addTerms(index, 'lastMonth', lastMonth);
  for (const [i, forms] of weekdays.split(';').entries()) addTerms(index, `weekday:${i + 1}`, forms);
  for (let month = 1; month <= 12; month++) addTerms(index, `month:${month}`, monthNames(lang, month).join(','));
  return { index, not: new Set(not ? not.split(', ') : []), inside: new Set(places.get(lang)?.split(', ')) };
}

/** Names of a month alone and in a date ("грудень", "12 грудня"), as the platform knows them (Unicode CLDR). */
function monthNames(lang: string, month: number): string[] {
  const date = new Date(Date.UTC(2026, month - 1, 12));
  const name = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(lang, { timeZone: 'UTC', month: 'long', ...options })
      .formatToParts(date)
      .find(({ type }) => type === 'month')?.value ?? '';
  return [...new Set([name({}), name({ day: 'numeric' })])].filter((one) => /^\p{L}{3,}$/u.test(one));
}
