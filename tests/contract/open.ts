import { afterEach, beforeEach } from 'vitest';
import type { Stores } from '../../lib/storage/stores.ts';
import type { Open } from './samples.ts';

/** Empty stores for each test of the surrounding suite. */
export function fresh(open: Open): () => Stores {
  let stores: Awaited<ReturnType<Open>>;
  beforeEach(async () => {
    stores = await open();
  });
  afterEach(() => stores.close?.());
  return () => stores;
}
