import { offsetAt } from '../editions/zone.ts';
import { DAY, MINUTE } from '../time.ts';
import type { Instant, Locale } from '../types.ts';
import { type Plural, say } from './texts.ts';

/** Intl formatters, and the names they know, cost far more to make than to use: each is made once per process. */
export function perLocale<T>(make: (locale: Locale, key: string) => T): (locale: Locale, key: string) => T {
  const made = new Map<Locale, Map<string, T>>();
  return (locale, key) => {
    const mine = made.get(locale) ?? new Map<string, T>();
    const known = mine.get(key);
    if (known !== undefined) return known;
    const fresh = make(locale, key);
    made.set(locale, mine.set(key, fresh));
    return fresh;
  };
}

/** British dates: the day first, as in the other languages. */
const tag = (locale: Locale): string => (locale === 'en' ? 'en-GB' : locale);

const dates = (options: Intl.DateTimeFormatOptions) =>
  perLocale((locale, timeZone) => new Intl.DateTimeFormat(tag(locale), { ...options, timeZone }));
const longDates = dates({ dateStyle: 'full' });
const shortDates = dates({ day: 'numeric', month: 'short' });
const datedYears = dates({ dateStyle: 'medium' });
const zones = dates({ timeZoneName: 'short' });
const plurals = perLocale((locale) => new Intl.PluralRules(locale));
const categories = perLocale((locale, n) => plurals(locale, '').select(Number(n)));
const numbers = perLocale((locale) => new Intl.NumberFormat(tag(locale)));
const names = perLocale((locale, type) => new Intl.DisplayNames(tag(locale), { type: type as 'language' | 'region' }));

/** `Monday 23 November 2026`, with a capital first letter in every language. */
export function longDate(locale: Locale, at: Instant, zone = 'UTC'): string {
  const date = longDates(locale, zone).format(new Date(at));
  return date.charAt(0).toLocaleUpperCase(locale) + date.slice(1);
}

/** `23 Nov` */
export function shortDate(locale: Locale, at: Instant, zone = 'UTC'): string {
  return shortDates(locale, zone).format(new Date(at));
}

/**
 * Makes a writer of item times for one edition: `06:14`, with the day before it when it is not the edition's own, and the
 * year when that is long ago. All our languages write hours alike, so only zone offsets and other days need Intl, which
 * costs more than all else here: each day is written once.
 */
export function clock(locale: Locale, dueAt: Instant, zone = 'UTC'): (at: Instant) => string {
  const due = Date.parse(dueAt);
  const offset = offsetAt(zone, due);
  const steady = offset === offsetAt(zone, due - 9 * DAY);
  const today = Math.floor((due + offset) / DAY);
  const days = new Map<number, string>();
  const dayOf = (day: number, at: Instant): string => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const write = today - day < 300 ? shortDates : datedYears;
    const fresh = write(locale, zone).format(new Date(at));
    days.set(day, fresh);
    return fresh;
  };
  return (at) => {
    const instant = Date.parse(at);
    const known = steady && instant <= due && instant > due - 9 * DAY;
    const local = instant + (known ? offset : offsetAt(zone, instant));
    const minutes = Math.floor(local / MINUTE) % 1440;
    const hours = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    const day = Math.floor(local / DAY);
    return day === today ? hours : `${dayOf(day, at)} ${hours}`;
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
  const category = categories(locale, String(n));
  return say((category in forms && forms[category as 'one']) || forms.other, { n: number(locale, n) });
}

/** `12,345` in the language's own way. */
function number(locale: Locale, n: number): string {
  return n < 1000 ? String(n) : numbers(locale, '').format(n);
}

/** The name of a language (ISO 639) or, where there is none, its code. */
export const languageName = perLocale((locale, code) => nameOf(names(locale, 'language'), code));

const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Which way a language is written (HTML `dir`). */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(lang) ? 'rtl' : 'ltr';
}

/** The name of a country (ISO 3166-1 alpha-2) or, where there is none, its code. */
export const countryName = perLocale((locale, code) => nameOf(names(locale, 'region'), code));

function nameOf(known: Intl.DisplayNames, code: string): string {
  try {
    return known.of(code) ?? code;
  } catch {
    return code;
  }
}
