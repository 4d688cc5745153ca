import { latestDue } from '../editions/due.ts';
import { variantName } from '../editions/key.ts';
import type { Cadence, Edition } from '../editions/model.ts';
import { pages } from '../pages.ts';
import { type Choice, choiceAt } from '../subscriptions/choice.ts';
import type { Subscriber } from '../subscriptions/model.ts';
import type { Appointment, SubscriberStore } from '../subscriptions/ports.ts';
import { HOUR } from '../time.ts';
import type { Instant } from '../types.ts';

/** Appointments that come at the same instant and get the same editions. */
export interface Due {
  readonly cadence: Cadence;
  readonly dueAt: Instant;
  readonly appointments: readonly Appointment[];
}

type Reader = Pick<Subscriber, 'id' | 'preferences'>;

/** The newest coming of every appointment, as far as it is not longer ago than `withinHours`; earliest first. */
export function dueNow(appointments: readonly Appointment[], at: Instant, withinHours: number): readonly Due[] {
  const recent = appointments
    .map((appointment) => ({ appointment, dueAt: latestDue(appointment, at) }))
    .filter(({ dueAt }) => Date.parse(at) - Date.parse(dueAt) <= withinHours * HOUR);
  const groups = Map.groupBy(recent, ({ appointment, dueAt }) => `${dueAt} ${appointment.cadence}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => ({
      cadence: members[0]?.appointment.cadence ?? 'daily',
      dueAt: key.slice(0, key.indexOf(' ')),
      appointments: members.map(({ appointment }) => appointment),
    }));
}

/** The readers of a group, a page at a time, by what they chose to get at its due time. */
export async function* readersOf(
  subscribers: Pick<SubscriberStore, 'dueReaders'>,
  due: Due,
): AsyncGenerator<{ readonly choice: Choice; readonly readers: readonly Reader[] }> {
  for (const appointment of due.appointments)
    for await (const page of pages((cursor) => subscribers.dueReaders(appointment, cursor)))
      yield* byChoice(page, due.dueAt);
}

function* byChoice(page: readonly Reader[], dueAt: Instant) {
  const chosen = page.map((reader) => ({ reader, choice: choiceAt(reader.preferences, dueAt) }));
  const name = ({ choice: { locale, ...filter } }: { choice: Choice }) => variantName({ variant: locale, ...filter });
  for (const group of Map.groupBy(chosen, name).values())
    if (group[0]) yield { choice: group[0].choice, readers: group.map(({ reader }) => reader) };
}

/** Whom an edition is for: all of them, or on a day without news those who asked to be told. */
export function toldOf({ quiet }: Edition, readers: readonly Reader[]): readonly string[] {
  const told = quiet ? readers.filter(({ preferences }) => preferences.quietDays === 'mail') : readers;
  return told.map(({ id }) => id);
}
