import type { Preferences } from '../subscriptions/model.ts';
import { isListedZone } from '../subscriptions/zones.ts';
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

/**
 * The choices in a form, with the default for each that was not sent. Undefined when one of them is not on offer.
 * @param own what the reader has now: always allowed, and the default where given
 */
export function readPreferences(
  fields: Fields,
  offer: Offer,
  locale: Locale,
  own?: Preferences,
): Preferences | undefined {
  const standard = own ?? { ...offer.digest, locale };
  const wanted = fields.locale ?? standard.locale;
  const chosen = [...offer.locales, standard.locale].find((known) => known === wanted);
  const cadence = (['daily', 'weekly', standard.cadence] as const).find(
    (known) => known === (fields.cadence ?? standard.cadence),
  );
  const hour = fields.hour ?? String(standard.hour);
  const zone = fields.zone ?? standard.zone;
  const known = isListedZone(zone) || zone === offer.digest.zone || zone === own?.zone;
  if (!chosen || !cadence || !known || !/^([01]?\d|2[0-3])$/.test(hour)) return undefined;
  const quietDays = fields.quietDays ?? own?.quietDays;
  const wish = readWish(fields, offer.wishes, own);
  return { locale: chosen, cadence, hour: Number(hour), zone, ...(quietDays === 'mail' && { quietDays }), ...wish };
}

const DAY = 86_400_000;

/** The first moment of a day like `2026-12-24` (UTC), from tomorrow up to a year ahead; `bad` when it is another. */
export function readPause(day: string | undefined, now: Date): string | undefined | 'bad' {
  if (!day) return undefined;
  const start = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00.000Z`) : undefined;
  if (!start || Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day) return 'bad';
  return start > now && start.getTime() < now.getTime() + 366 * DAY ? start.toISOString() : 'bad';
}
