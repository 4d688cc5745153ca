import { dirname, resolve } from 'node:path';
import { loadConfig } from '../../lib/config/load.ts';
import type { Config } from '../../lib/config/schema.ts';
import { nextDue } from '../../lib/editions/due.ts';
import { listen } from '../../lib/runtime/listen.ts';
import { openLocal, versionsOf } from '../../lib/runtime/local.ts';
import { profileFrom } from '../../lib/selection/profile/from-files.ts';
import { createSelector } from '../../lib/selection/selector.ts';
import type { Locale } from '../../lib/types.ts';
import { readFeedInput, readFeedList } from '../feed-input.ts';
import { openPlace, type Place, type Where } from '../open-place.ts';
import { hourIn, isLoopback, nowhere, withSince } from '../run/by-hand.ts';
import { collectInput } from '../run/collect-input.ts';
import { siteUrlOf } from '../site-url.ts';
import { line } from '../summary.ts';
import { createProgress } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';
import { watchTemplates } from './live.ts';
import { createPreview, type PreviewDeps } from './page.ts';

export interface PreviewOptions extends Where {
  readonly feeds?: readonly string[];
  readonly now?: Date;
  readonly since?: Date;
  readonly locale?: Locale;
  readonly port: number;
}

/** Serves the studio and the stored editions, or what the named feeds would give now, until Ctrl-C. */
export async function preview(options: PreviewOptions): Promise<void> {
  const config = await loadConfig(options.config);
  const { close, ...deps } = await (options.feeds ? fromFeeds(config, options, options.feeds) : open(config, options));
  const server = await listen(createPreview({ ...deps, siteUrl: siteUrlOf(config) }).fetch, options.port);
  try {
    process.stdout.write(
      `${line('Studio', `${server.url}/preview/next`)}${line('Editions', `${server.url}/preview`)}\n  Ctrl-C stops.\n`,
    );
    await untilStopped();
  } finally {
    await server.close();
    close();
  }
}

type Source = Pick<PreviewDeps, 'editions' | 'studio' | 'config'> & { close(): void };

async function open(config: Config, options: PreviewOptions): Promise<Source> {
  const { stores, close } = await openPlace(options);
  const { now } = options;
  const clock = () => now ?? new Date();
  const sources = await readFeedList(resolve(dirname(options.config), config.feeds));
  const studio = { ...studioOf({ config, stores, sources, clock }), locale: options.locale };
  return { editions: stores.editions, config, studio, close };
}

/** The studio of a publication, with the profile that it is configured with. */
export function studioOf(parts: {
  readonly config: Config;
  readonly stores: Place['stores'];
  readonly sources: NonNullable<PreviewDeps['studio']>['sources'];
  readonly clock: () => Date;
}): NonNullable<PreviewDeps['studio']> {
  const profile = profileFrom(parts.config.profile);
  const { threshold } = profile;
  return {
    ...parts,
    selector: createSelector(profile),
    threshold,
    versions: versionsOf(parts.config),
    live: watchTemplates(),
  };
}

/** The next edition as it would be of what these feeds hold now, in a store that is forgotten afterwards. */
async function fromFeeds(own: Config, options: PreviewOptions, places: readonly string[]): Promise<Source> {
  const feeds = await readFeedInput(places);
  const { now = new Date(), since, locale } = options;
  const clock = () => now;
  const { zone } = own.digest;
  const digest = { cadence: 'daily', zone, hour: (hourIn(zone, now) + 1) % 24 } as const;
  const locales = locale && !own.locales.includes(locale) ? [locale, ...own.locales] : own.locales;
  const config = withSince({ ...own, digest, locales }, nextDue(digest, now.toISOString()), since);
  const sources = [...feeds.sources, ...feeds.files.map(({ source }) => source)];
  const local = await openLocal({
    ...{ config, sources, clock, transport: nowhere, siteUrl: siteUrlOf(config), progress: createProgress() },
    allowLoopback: feeds.sources.some(({ url }) => isLoopback(new URL(url).hostname)),
  });
  await collectInput({ app: local.app, store: local.stores.feeds, clock }, feeds);
  const { stores, close } = local;
  const studio = { ...studioOf({ config, stores, sources, clock }), locale };
  return { editions: stores.editions, config, studio, close };
}
