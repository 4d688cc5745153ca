import { editionId } from '../editions/key.ts';
import type { EditionKey } from '../editions/model.ts';
import type { EditionRecord, EditionStore } from '../editions/ports.ts';
import { storiesOf } from '../editions/since.ts';
import { DAY } from '../time.ts';
import type { Instant, Locale } from '../types.ts';

export interface AlertLogDeps {
  readonly editions: Pick<EditionStore, 'get'>;
  readonly config: { readonly publication: { readonly id: string }; readonly locales: readonly Locale[] };
}

/** Stories last for days; a story alerted before that is not told from a new one, and is none: see `breakingStory`. */
const DAYS = 3;

/** The alerts of the last three days, newest first, each by its edition in the publication's first language. */
export async function recentAlerts(deps: AlertLogDeps, now: Instant): Promise<readonly EditionRecord[]> {
  const days = Array.from({ length: DAYS }, (_, back) => new Date(Date.parse(now) - back * DAY).toISOString());
  return (await Promise.all(days.map((day) => alertsOf(deps, day)))).flat();
}

/** Those of one day (UTC), newest first. They are numbered without gaps, so the first that is missing is the end. */
async function alertsOf(deps: AlertLogDeps, day: Instant): Promise<readonly EditionRecord[]> {
  const found: EditionRecord[] = [];
  for (;;) {
    const record = await deps.editions.get(editionId(alertKey(deps, day, found.length)));
    if (!record) return found;
    found.unshift(record);
  }
}

/**
 * The key of an alert: numbered, not timed. Who creates number `n` has read all before it, so of two that run at once
 * one fails to create and no story and no day gets an alert too many.
 */
export function alertKey({ config }: AlertLogDeps, dueAt: Instant, serial: number): EditionKey {
  return {
    publication: config.publication.id,
    cadence: 'breaking',
    variant: config.locales[0] ?? 'en',
    dueAt,
    serial,
  };
}

/** Keys of the items that readers were alerted to. */
export function alertedItems(alerts: readonly EditionRecord[]): ReadonlySet<string> {
  return new Set(
    alerts.flatMap(({ edition }) => storiesOf(edition).flatMap(({ items }) => items.map(({ item }) => item.key))),
  );
}
