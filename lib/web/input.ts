import type { Preferences } from '../subscriptions/model.ts';
import { isListedZone } from '../subscriptions/zones.ts';
import { DAY } from '../time.ts';
import type { Locale } from '../types.ts';
import { readWish, type WishOffer } from './wishes.ts';

/** A form's fields as text; files count as empty, repeated fields are joined with commas. */
export type Fields = Readonly<Record<string, string>>;

/** Room for many ticked boxes; the body is bounded before. */
const MAX_FIELD = 4_096;

/** Reads a form in either encoding (urlencoded, multipart). A body that is neither counts as empty. */
export async function readFields(request: Request): Promise<Fields> {
  const form = await request.formData().catch(() => new FormData());
  const fields = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const named = Map.groupBy(fields, ([name]) => name);
  const text = (values: readonly (readonly [string, string])[]) => values.map(([, value]) => value).join(',');
  return Object.fromEntries([...named].map(([name, values]) => [name, text(values).slice(0, MAX_FIELD)]));
}

export interface Offer {
  readonly wishes?: WishOffer;
  readonly locales: readonly Locale[];
  readonly digest: { readonly cadence: 'daily' | 'weekly'; readonly hour: number; readonly zone: string };
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export interface Choices {
  readonly preferences: Preferences;
  /** No choice was one that is not on offer. */
  readonly known: boolean;
}

/**
 * The choices in a form, with the default for each that was not sent or is not on offer.
 * @param own what the reader has now: always allowed, and the default where given
 */
export function readPreferences(fields: Fields, offer: Offer, locale: Locale, own?: Preferences): Choices {
  const standard = own ?? { ...offer.digest, locale };
  const chosen = {
    locale: [...offer.locales, standard.locale].find((one) => one === fields.locale),
    cadence: (['daily', 'weekly'] as const).find((one) => one === fields.cadence),
    hour: HOURS.find((hour) => String(hour) === fields.hour?.replace(/^0(?=\d)/, '')),
    zone: [fields.zone ?? ''].find((zone) => isListedZone(zone) || zone === offer.digest.zone || zone === own?.zone),
  };
  const names = ['locale', 'cadence', 'hour', 'zone'] as const;
  const known = names.every((name) => fields[name] === undefined || chosen[name] !== undefined);
  const { locale: language = standard.locale, cadence = standard.cadence } = chosen;
  const { hour = standard.hour, zone = standard.zone } = chosen;
  const quietDays = fields.quietDays ?? own?.quietDays;
  const wish = readWish(fields, offer.wishes, own);
  const quiet = quietDays === 'mail' && ({ quietDays } as const);
  return { preferences: { locale: language, cadence, hour, zone, ...quiet, ...wish }, known };
}

/** The first moment of a day like `2026-12-24` (UTC), from tomorrow up to a year ahead; `bad` when it is another. */
export function readPause(day: string | undefined, now: Date): string | undefined | 'bad' {
  if (!day) return undefined;
  const start = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00.000Z`) : undefined;
  if (!start || Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day) return 'bad';
  return start > now && start.getTime() < now.getTime() + 366 * DAY ? start.toISOString() : 'bad';
}
