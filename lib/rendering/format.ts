import { offsetAt } from '../editions/zone.ts';
import type { Instant, Locale } from '../types.ts';
import { type Plural, say } from './texts.ts';

/** Intl formatters, and the names they know, cost far more to make than to use: each is made once per process. */
function once<T>(make: (...key: string[]) => T): (...key: string[]) => T {
  const made = new Map<string, T>();
  return (...key) => {
    const name = key.join(' ');
    const known = made.get(name) ?? make(...key);
    made.set(name, known);
    return known;
  };
}

/** British dates: the day first, as in the other languages. */
const tag = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

const longDates = once(
  (locale = 'en', timeZone = 'UTC') => new Intl.DateTimeFormat(tag(locale), { dateStyle: 'full', timeZone }),
);
const shortDates = once(
  (locale = 'en', timeZone = 'UTC') =>
    new Intl.DateTimeFormat(tag(locale), { day: 'numeric', month: 'short', timeZone }),
);
const plurals = once((locale = 'en') => new Intl.PluralRules(locale));
const numbers = once((locale = 'en') => new Intl.NumberFormat(tag(locale)));
const languages = once((locale = 'en') => new Intl.DisplayNames(tag(locale), { type: 'language' }));
const regions = once((locale = 'en') => new Intl.DisplayNames(tag(locale), { type: 'region' }));
const languageNames = once((locale = 'en', code = '') => nameOf(languages(locale), code));
const regionNames = once((locale = 'en', code = '') => nameOf(regions(locale), code));
const zones = once(
  (locale = 'en', timeZone = 'UTC') => new Intl.DateTimeFormat(tag(locale), { timeZone, timeZoneName: 'short' }),
);

/** `Monday 23 November 2026`, with a capital first letter in every language. */
export function longDate(locale: Locale, at: Instant, zone = 'UTC'): string {
  const date = longDates(locale, zone).format(new Date(at));
  return date.charAt(0).toLocaleUpperCase(locale) + date.slice(1);
}

const datedYears = once(
  (locale = 'en', timeZone = 'UTC') => new Intl.DateTimeFormat(tag(locale), { dateStyle: 'medium', timeZone }),
);

/** `23 Nov` */
export function shortDate(locale: Locale, at: Instant, zone = 'UTC'): string {
  return shortDates(locale, zone).format(new Date(at));
}

const DAY = 86_400_000;

/**
 * Makes a writer of item times for one edition: `06:14`, with the day before it when it is not the edition's own, and the
 * year when that is long ago. All our
 * languages write hours alike, so only zone offsets and other days need Intl, which costs more than all else here.
 */
export function clock(locale: Locale, dueAt: Instant, zone = 'UTC'): (at: Instant) => string {
  const due = Date.parse(dueAt);
  const offset = offsetAt(zone, due);
  const steady = offset === offsetAt(zone, due - 9 * DAY);
  const today = Math.floor((due + offset) / DAY);
  const dayOf = (at: Instant) =>
    due - Date.parse(at) < 300 * DAY ? shortDate(locale, at, zone) : datedYears(locale, zone).format(new Date(at));
  return (at) => {
    const instant = Date.parse(at);
    const known = steady && instant <= due && instant > due - 9 * DAY;
    const local = instant + (known ? offset : offsetAt(zone, instant));
    const minutes = Math.floor(local / 60_000) % 1440;
    const hours = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    return Math.floor(local / DAY) === today ? hours : `${dayOf(at)} ${hours}`;
  };
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** The zone's short name at an instant: `UTC`, `CET`. */
export function zoneName(locale: Locale, at: Instant, zone = 'UTC'): string {
  const parts = zones(locale, zone).formatToParts(new Date(at));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** `1 story`, `12 stories`. */
export function plural(locale: Locale, forms: Plural, n: number): string {
  const category = plurals(locale).select(n);
  return say((category in forms && forms[category as 'one']) || forms.other, { n: number(locale, n) });
}

/** `12,345` in the language's own way. */
function number(locale: Locale, n: number): string {
  return n < 1000 ? String(n) : numbers(locale).format(n);
}

/** The name of a language (ISO 639) or, where there is none, its code. */
export function languageName(locale: Locale, code: string): string {
  return languageNames(locale, code);
}

/** The name of a country (ISO 3166-1 alpha-2) or, where there is none, its code. */
export function countryName(locale: Locale, code: string): string {
  return regionNames(locale, code);
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
