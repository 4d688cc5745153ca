import { join } from 'node:path';
import type { Option } from 'commander';
import { loadConfig } from '../../../lib/config/load.ts';
import { localKeys } from '../../../lib/runtime/local-keys.ts';
import type { ImportDeps } from '../../../lib/subscriptions/import-list.ts';
import type { Preferences } from '../../../lib/subscriptions/model.ts';
import { openState } from '../../open-state.ts';
import { option } from '../../options.ts';

export interface Where {
  readonly state: string;
  readonly config: string;
}

/** The readers of one place: this machine's, or those of a deployed stage. */
export interface Readers extends ImportDeps {
  /** What a reader gets who says nothing else. */
  readonly standard: Preferences;
  close(): void;
}

export type OpenReaders = (where: Where) => Promise<Readers>;

/** @throws InputError when there is no state on this machine yet */
export const openLocalReaders: OpenReaders = async ({ state, config }) => {
  const { digest, locales } = await loadConfig(config);
  const { subscribers, close } = openState(state);
  const keys = await localKeys(join(state, 'keys.json'));
  const standard = { locale: locales[0] ?? 'en', ...digest };
  return { subscribers, keys, standard, clock: () => new Date(), close };
};

/** Opens the readers, runs `work`, and closes them however it ends. */
export async function withReaders<T>(
  open: OpenReaders,
  where: Where,
  work: (readers: Readers) => Promise<T>,
): Promise<T> {
  const readers = await open(where);
  try {
    return await work(readers);
  } finally {
    readers.close();
  }
}

/** Where the readers are, on every command of this group. */
export const whereOptions = (): Option[] => [option.state(), option.config()];
