import type { Instant } from '../types.ts';
import type { Due } from './audience.ts';
import type { DeliveryStore } from './ports.ts';

interface UnfinishedDeps {
  readonly deliveries: DeliveryStore;
  readonly config: { readonly publication: { readonly id: string } };
}

/** The one row of this ledger: it stands for the hour, not for a reader. */
const ROW = 'hour';

/**
 * Whether some editions of a group could not be made while the others left: then the readers must be listed again. Kept
 * as a row of the ledger, under a name that no edition has, and written before the first edition of the group is frozen.
 */
export async function isUnfinished(deps: UnfinishedDeps, due: Due): Promise<boolean> {
  return (await deps.deliveries.get(name(deps, due), ROW))?.status === 'planned';
}

export function markUnfinished(deps: UnfinishedDeps, due: Due, now: Instant): Promise<void> {
  return deps.deliveries.plan(name(deps, due), [ROW], now);
}

export async function markFinished(deps: UnfinishedDeps, due: Due, now: Instant): Promise<void> {
  const row = { editionId: name(deps, due), subscriberId: ROW } as const;
  await deps.deliveries.settle({ ...row, from: ['planned'], to: 'expired', now });
}

function name({ config }: UnfinishedDeps, { cadence, dueAt }: Due): string {
  return `unfinished-${config.publication.id}-${cadence}-${dueAt}`;
}
