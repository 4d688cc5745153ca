import { existsSync } from 'node:fs';
import { loadConfig } from '../../lib/config/load.ts';
import { parseConfig } from '../../lib/config/parse.ts';
import type { Config } from '../../lib/config/schema.ts';
import { CONFIG_FILE } from '../defaults.ts';

/** The configuration of the sample where there is none of the operator's. */
export async function sampleConfig(file: string): Promise<Config> {
  if (file !== CONFIG_FILE || existsSync(CONFIG_FILE)) return loadConfig(file);
  return parseConfig({
    publication: {
      id: 'sample',
      name: 'Dispatches',
      from: 'digest@dispatches.example',
      contact: 'Dispatches, a sample publication. Replies reach the editors.',
    },
    locales: ['nl', 'en', 'de', 'fr', 'es', 'pl', 'uk'],
    digest: { cadence: 'daily', hour: 7, zone: 'Europe/Amsterdam' },
  });
}
