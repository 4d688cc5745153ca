import type { Config } from '../../lib/config/schema.ts';
import { nextDue } from '../../lib/editions/due.ts';
import { slotName } from '../../lib/editions/key.ts';
import type { Cadence, Slot } from '../../lib/editions/model.ts';
import type { SubscriberStore } from '../../lib/subscriptions/ports.ts';
import type { Instant } from '../../lib/types.ts';

/** Editions that are due together, the next time. */
export interface Coming {
  readonly name: string;
  readonly cadence: Cadence;
  readonly dueAt: Instant;
  readonly appointments: readonly [Slot, ...Slot[]];
}

/** Slots to choose from. */
const MOST = 6;

/** The next coming of every appointment that readers have, earliest first; without readers that of the configuration. */
export async function comingSlots(
  subscribers: Pick<SubscriberStore, 'appointments'>,
  config: Pick<Config, 'publication' | 'digest'>,
  now: Instant,
): Promise<readonly Coming[]> {
  const used: readonly Slot[] = await subscribers.appointments();
  const all = used.length > 0 ? used : [config.digest];
  const dated = all.map((slot) => ({ slot, cadence: slot.cadence, dueAt: nextDue(slot, now) }));
  const groups = Map.groupBy(dated, (one) => slotName({ ...one, publication: config.publication.id }));
  return [...groups]
    .flatMap(([name, [first, ...others]]) => {
      if (!first) return [];
      return [{ ...first, name, appointments: [first.slot, ...others.map(({ slot }) => slot)] as const }];
    })
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
    .slice(0, MOST);
}
