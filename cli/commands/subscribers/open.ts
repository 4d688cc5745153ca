import { loadConfig } from '../../../lib/config/load.ts';
import type { ImportDeps } from '../../../lib/subscriptions/import-list.ts';
import type { Preferences } from '../../../lib/subscriptions/model.ts';
import { inPlace, type Where } from '../../open-place.ts';

export type { Where } from '../../open-place.ts';

/** The readers of one place: this machine's, or those of a deployed stage. */
export interface Readers extends ImportDeps {
  /** What a reader gets who says nothing else. */
  readonly standard: Preferences;
}

/** Runs `work` on the readers of a place, and closes it however that ends. */
export type WithReaders = <T>(where: Where, work: (readers: Readers) => Promise<T>) => Promise<T>;

/**
 * @throws InputError when there is no state on this machine yet
 * @throws UnavailableError when the stage is not deployed or AWS cannot be asked
 */
export const withReadersOf: WithReaders = (where, work) =>
  inPlace(where, async ({ stores, keys }) => {
    const { digest, locales } = await loadConfig(where.config);
    const standard = { locale: locales[0] ?? 'en', ...digest };
    return work({ subscribers: stores.subscribers, keys: await keys(), standard, clock: () => new Date() });
  });
