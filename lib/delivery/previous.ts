import { latestDue } from '../editions/due.ts';
import { editionId } from '../editions/key.ts';
import type { Edition, EditionKey, Slot } from '../editions/model.ts';
import { isOutage } from '../editions/outage.ts';
import type { EditionStore } from '../editions/ports.ts';
import type { Clock, Instant } from '../types.ts';
import { neverLeft, type TakenDeps } from './never-left.ts';

export type PreviousDeps = TakenDeps & { readonly editions: Pick<EditionStore, 'get'>; readonly clock: Clock };

/** Last comings of an appointment whose stories are not told again. */
const PREVIOUS = 3;

/** An edition of these readers that came before. */
export interface Earlier {
  readonly edition: Edition;
  /** False: nobody can have had it. */
  readonly left: boolean;
}

/**
 * What the readers of these appointments were told before, newest first: the editions at the last comings of their own
 * appointments. What another hour or zone of the same language carried was not told to them. Appointments that share
 * an edition have the same last comings, save in weeks in which only one of their zones moved its clock.
 */
export async function previousEditions(
  deps: PreviousDeps,
  key: EditionKey,
  appointments: readonly Slot[],
): Promise<readonly Earlier[]> {
  const comings = new Set(appointments.flatMap((appointment) => lastComings(appointment, key.dueAt)));
  const ids = [...comings]
    .toSorted()
    .reverse()
    .map((dueAt) => editionId({ ...key, dueAt }));
  const records = (await Promise.all(ids.map((id) => deps.editions.get(id)))).filter((record) => record !== undefined);
  const now = deps.clock().toISOString();
  return Promise.all(records.map(async ({ edition }) => ({ edition, left: !(await neverLeft(deps, edition, now)) })));
}

/**
 * How many editions up to the last told nothing because the feeds were silent, or never left: the next one tells their
 * news as well.
 */
export function silentBefore(previous: readonly Earlier[]): number {
  const told = previous.findIndex(({ left, edition }) => left && (!edition.quiet || !isOutage(edition.health)));
  return told < 0 ? previous.length : told;
}

function lastComings(appointment: Slot, dueAt: Instant): readonly Instant[] {
  const comings: Instant[] = [];
  for (let before = dueAt; comings.length < PREVIOUS; before = comings.at(-1) ?? dueAt)
    comings.push(latestDue(appointment, new Date(Date.parse(before) - 1).toISOString()));
  return comings;
}
