import { InputError } from '../errors.ts';
import { type Instant, LOCALES, type Locale } from '../types.ts';
import { filterOf } from './choice.ts';
import type { Consent, Preferences, Subscriber } from './model.ts';
import { isListedZone } from './zones.ts';

/** Columns of a reader list, as export writes and import reads them. Import needs only `email`. */
export const COLUMNS = [
  'email',
  'status',
  'reason',
  'language',
  'cadence',
  'hour',
  'zone',
  'quiet_days',
  'source_languages',
  'conflicts',
  'max_stories',
  'text_only',
  'alerts',
  'requested_at',
  'confirmed_at',
  'consent_source',
  'consent_text_hash',
] as const;

export type Column = (typeof COLUMNS)[number];
export type ListRow = Readonly<Partial<Record<Column, string>>>;

/** What stands in a list for rows that do not say it themselves. */
export interface ListDefaults {
  readonly preferences: Preferences;
  /** Where consent was given, e.g. `paper form at the fair of May 2026`. */
  readonly consentSource?: string;
  /** When, for rows without `confirmed_at`. */
  readonly confirmedAt?: Instant;
}

/** A reader as a row of an exported list; `import` reads it back. */
export function toRow(subscriber: Subscriber): Record<Column, string> {
  const { email, status, reason = '', preferences, consent } = subscriber;
  return {
    email,
    status,
    reason,
    language: preferences.locale,
    cadence: preferences.cadence,
    hour: String(preferences.hour),
    zone: preferences.zone,
    quiet_days: preferences.quietDays ?? 'skip',
    source_languages: preferences.filter?.languages?.join(' ') ?? '',
    conflicts: preferences.filter?.conflicts?.join(' ') ?? '',
    max_stories: String(preferences.filter?.maxStories ?? ''),
    text_only: preferences.textOnly ? 'yes' : '',
    alerts: preferences.breaking ? 'yes' : '',
    requested_at: consent.requestedAt,
    confirmed_at: consent.confirmedAt ?? '',
    consent_source: consent.source,
    consent_text_hash: consent.textHash,
  };
}

/** @throws InputError naming the column whose value is not usable */
export function preferencesOf(row: ListRow, { preferences }: ListDefaults): Preferences {
  const wanted = row.language || preferences.locale;
  const locale = LOCALES.find((known): known is Locale => known === wanted.toLowerCase());
  const cadence = (['daily', 'weekly'] as const).find((known) => known === (row.cadence || preferences.cadence));
  const hour = row.hour || String(preferences.hour);
  const zone = row.zone || preferences.zone;
  const quietDays = row.quiet_days || preferences.quietDays || 'skip';
  if (!locale) throw wrong('language', `one of ${LOCALES.join(', ')}`);
  if (!cadence) throw wrong('cadence', 'daily or weekly');
  if (!/^([01]?\d|2[0-3])$/.test(hour)) throw wrong('hour', 'a number from 0 to 23');
  if (!isListedZone(zone) && zone !== preferences.zone) throw wrong('zone', 'an IANA zone like Europe/Amsterdam');
  if (quietDays !== 'mail' && quietDays !== 'skip') throw wrong('quiet_days', 'mail or skip');
  return {
    locale,
    cadence,
    hour: Number(hour),
    zone,
    ...(quietDays === 'mail' && { quietDays }),
    ...wishOf(row),
  };
}

/** Lists of ids are separated by spaces. */
function wishOf(row: ListRow): Pick<Preferences, 'filter' | 'textOnly' | 'breaking'> {
  const most = row.max_stories ?? '';
  if (!/^\d{0,2}$/.test(most)) throw wrong('max_stories', 'a number up to 99, or empty');
  const filter = filterOf({
    languages: ids(row, 'source_languages'),
    conflicts: ids(row, 'conflicts'),
    ...(most && { maxStories: Number(most) }),
  });
  return {
    ...(filter && { filter }),
    ...(isYes(row, 'text_only') && { textOnly: true }),
    ...(isYes(row, 'alerts') && { breaking: true }),
  };
}

function ids(row: ListRow, column: Column): readonly string[] {
  const values = (row[column] ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (values.every((value) => /^[a-z0-9-]{1,40}$/.test(value))) return values;
  throw wrong(column, 'ids with spaces between them, or empty');
}

function isYes(row: ListRow, column: Column): boolean {
  const value = row[column] || 'no';
  if (value === 'yes' || value === 'no') return value === 'yes';
  throw wrong(column, 'yes or no');
}

/** @throws InputError when the list does not say when this reader agreed */
export function consentOf(row: ListRow, defaults: ListDefaults): Consent {
  const confirmed = row.confirmed_at || defaults.confirmedAt;
  if (!confirmed || Number.isNaN(Date.parse(confirmed))) {
    throw wrong('confirmed_at', 'the time at which this reader agreed, like 2026-05-01T12:00:00Z');
  }
  const confirmedAt = new Date(confirmed).toISOString();
  const requested = Date.parse(row.requested_at ?? '');
  return {
    requestedAt: Number.isNaN(requested) ? confirmedAt : new Date(requested).toISOString(),
    confirmedAt,
    source: row.consent_source || defaults.consentSource || 'import',
    textHash: row.consent_text_hash ?? '',
  };
}

function wrong(column: Column, expected: string): InputError {
  return new InputError(`Column ${column} should be ${expected}.`, 'Correct the row and import the list again.');
}
