import type { html } from 'hono/html';
import type { Site } from '../rendering/site.ts';
import type { Preferences } from '../subscriptions/model.ts';
import type { Locale } from '../types.ts';
import { say, WEB_TEXTS, type WebTexts } from './texts.ts';

/** HTML that is escaped already. `html` escapes every value that is put into it. */
export type Html = ReturnType<typeof html>;

/** What every page needs to know. */
export interface View {
  readonly locale: Locale;
  readonly locales: readonly Locale[];
  readonly texts: WebTexts;
  readonly site: Site;
  /** Address of this page for the language switch; absent on answers to a form that have no address of their own. */
  readonly here?: string;
  /** What else the address says, as far as it means something here: the switch keeps it. */
  readonly kept?: Readonly<Record<string, string>>;
}

/** A page in its layout. */
export interface PageContent {
  readonly title: string;
  readonly body: Html;
  /** More for the document's head. */
  readonly head?: Html;
  /** Not for search engines: personal pages and errors. */
  readonly personal?: boolean;
}

export function viewTexts(locale: Locale): WebTexts {
  return WEB_TEXTS[locale];
}

/** `Every day at 07:00, Europe/Amsterdam` */
export function appointmentLine(texts: WebTexts, preferences: Preferences): string {
  const { cadence, hour, zone } = preferences;
  return say(texts.appointment[cadence], { hour: clockHour(hour), zone: zone.replaceAll('_', ' ') });
}

/** `7` -> `07:00` */
export function clockHour(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** A day in words of the language: `23 November 2026`. */
export function longDay(instant: string, locale: Locale, zone = 'UTC'): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone: zone });
  return format.format(new Date(instant));
}
