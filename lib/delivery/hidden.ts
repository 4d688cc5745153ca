import { latestDue, nextDue } from '../editions/due.ts';
import { slotName } from '../editions/key.ts';
import type { EditionStore } from '../editions/ports.ts';
import type { SubscriberStore } from '../subscriptions/ports.ts';
import type { Instant } from '../types.ts';

interface HiddenDeps {
  readonly editions: Pick<EditionStore, 'edits'>;
  readonly subscribers: Pick<SubscriberStore, 'appointments'>;
  readonly config: { readonly publication: { readonly id: string } };
}

/** Keys of the items that an editor hides from any digest that comes next, or hid from the last one. */
export async function hiddenNow(deps: HiddenDeps, now: Instant): Promise<ReadonlySet<string>> {
  const { id: publication } = deps.config.publication;
  const slots = (await deps.subscribers.appointments()).flatMap((appointment) =>
    [latestDue, nextDue].map((find) => slotName({ ...appointment, publication, dueAt: find(appointment, now) })),
  );
  const edits = await Promise.all([...new Set(slots)].map((slot) => deps.editions.edits(slot)));
  return new Set(edits.flatMap((each) => each?.hidden ?? []));
}
