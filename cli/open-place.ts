import { join } from 'node:path';
import { loadConfig } from '../lib/config/load.ts';
import { stageOf } from '../lib/config/stage.ts';
import type { JobQueue } from '../lib/delivery/ports.ts';
import { localKeys } from '../lib/runtime/local-keys.ts';
import type { Stores } from '../lib/storage/stores.ts';
import type { Keys } from '../lib/subscriptions/identity.ts';
import { openState, stateToLookAt } from './open-state.ts';

/** Where a command looks: the state folder of this machine, or a deployed stage. Given by `whereOptions()`. */
export interface Where {
  readonly state: string;
  readonly stage?: string;
  readonly config: string;
}

/** The data of one place. */
export interface Place {
  readonly stores: Stores;
  /** For commands that find a reader by address or make links; read only when asked for. */
  keys(): Promise<Keys>;
  /** Where jobs go. On this machine nowhere: what is planned waits for whoever sweeps next. */
  queue(): JobQueue;
  close(): void;
}

const waits: JobQueue = { forgetful: true, enqueue: async () => [] };

/**
 * Opens the stores of this machine or, with `stage`, those of what is deployed.
 * @throws InputError when there is no state on this machine yet
 * @throws UnavailableError when the stage is not deployed or AWS cannot be asked
 */
export async function openPlace({ state, stage, config }: Where): Promise<Place> {
  if (stage === undefined) {
    const stores = openState(state);
    const keys = () => localKeys(join(state, 'keys.json'));
    return { stores, keys, queue: () => waits, close: () => stores.close() };
  }
  const settings = stageOf(await loadConfig(config), stage, config);
  const { openStage } = await import('./stage/open.ts');
  return openStage(settings, stage);
}

/** Opens a place, runs `work` on it and closes it however that ends. */
export async function inPlace<T>(where: Where, work: (place: Place) => Promise<T>): Promise<T> {
  const place = await openPlace(where);
  try {
    if (where.stage === undefined) return await work(place);
    const { askingAws } = await import('./stage/clients.ts');
    return await askingAws(() => work(place));
  } finally {
    place.close();
  }
}

/** The same for commands that only look: they look at the sample as long as there is nothing of one's own. */
export function lookInPlace<T>(where: Where, work: (place: Place) => Promise<T>): Promise<T> {
  return inPlace(where.stage === undefined ? { ...where, state: stateToLookAt(where.state) } : where, work);
}
