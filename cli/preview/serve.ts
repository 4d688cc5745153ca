import { dirname, resolve } from 'node:path';
import { loadConfig } from '../../lib/config/load.ts';
import type { Config } from '../../lib/config/schema.ts';
import { listen } from '../../lib/runtime/listen.ts';
import { versionsOf } from '../../lib/runtime/local.ts';
import { profileFrom } from '../../lib/selection/profile/from-files.ts';
import { createSelector } from '../../lib/selection/selector.ts';
import type { Locale } from '../../lib/types.ts';
import { readFeedInput, readFeedList } from '../feed-input.ts';
import { openPlace, type Place, type Where } from '../open-place.ts';
import { nowhere, runByHand } from '../run/by-hand.ts';
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
  const { close, ...deps } = await (options.feeds ? compose(config, options, options.feeds) : open(config, options));
  const server = await listen(createPreview({ ...deps, config, siteUrl: siteUrlOf(config) }).fetch, options.port);
  const start = deps.studio ? line('Studio', `${server.url}/preview/next`) : '';
  try {
    process.stdout.write(`${start}${line('Preview', `${server.url}/preview`)}\n  Ctrl-C stops.\n`);
    await untilStopped();
  } finally {
    await server.close();
    close();
  }
}

type Source = Pick<PreviewDeps, 'editions' | 'studio'> & { close(): void };

async function open(config: Config, options: PreviewOptions): Promise<Source> {
  const { stores, close } = await openPlace(options);
  const { now } = options;
  const clock = () => now ?? new Date();
  const sources = await readFeedList(resolve(dirname(options.config), config.feeds));
  return { editions: stores.editions, studio: studioOf({ config, stores, sources, clock }), close };
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

async function compose(config: Config, options: PreviewOptions, places: readonly string[]): Promise<Source> {
  const { local } = await runByHand({
    config,
    feeds: await readFeedInput(places),
    to: 'reader@example.org',
    locale: options.locale ?? config.locales[0] ?? 'en',
    now: options.now ?? new Date(),
    ...(options.since && { since: options.since }),
    transport: nowhere,
    siteUrl: siteUrlOf(config),
    progress: createProgress(),
  });
  return { editions: local.stores.editions, close: local.close };
}
