import { dirname, resolve } from 'node:path';
import type { FetchOptions } from '../../../lib/feeds/fetch.ts';

/** What the commands need of the configuration: where the feed list is and how to fetch. */
export interface FeedSettings {
  readonly list: string;
  readonly fetcher: FetchOptions;
}

/** Reads the configuration, whose schema is loaded only now. @throws ConfigError when it is missing or wrong */
export async function feedSettings(configFile: string): Promise<FeedSettings> {
  const { loadConfig } = await import('../../../lib/config/load.ts');
  const { feeds, collect, publication } = await loadConfig(configFile);
  const contact = collect.contactUrl ? `; +${collect.contactUrl}` : '';
  const userAgent = `Dispatches/1 (${publication.name} feed check${contact})`;
  return {
    list: resolve(dirname(configFile), feeds),
    fetcher: { userAgent, allowLoopback: collect.allowLoopback, ...collect.fetch },
  };
}
