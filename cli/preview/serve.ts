import { loadConfig } from '../../lib/config/load.ts';
import type { Config } from '../../lib/config/schema.ts';
import { listen } from '../../lib/runtime/listen.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import type { Locale } from '../../lib/types.ts';
import { readFeedInput } from '../feed-input.ts';
import { openState } from '../open-state.ts';
import { nowhere, runByHand } from '../run/by-hand.ts';
import { siteUrlOf } from '../site-url.ts';
import { line } from '../summary.ts';
import { createProgress } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';
import { createPreview } from './page.ts';

export interface PreviewOptions {
  readonly feeds?: readonly string[];
  readonly now?: Date;
  readonly since?: Date;
  readonly locale?: Locale;
  readonly port: number;
  readonly config: string;
  readonly state: string;
}

/** Serves the preview of the stored editions, or of what the named feeds would give now, until Ctrl-C. */
export async function preview(options: PreviewOptions): Promise<void> {
  const config = await loadConfig(options.config);
  const { editions, close } = options.feeds ? await compose(config, options, options.feeds) : openState(options.state);
  const page = createPreview({ editions, config, siteUrl: siteUrlOf(config) });
  const server = await listen(page.fetch, options.port);
  try {
    process.stdout.write(`${line('Preview', `${server.url}/preview`)}\n  Ctrl-C stops.\n`);
    await untilStopped();
  } finally {
    await server.close();
    close();
  }
}

type Source = Pick<Stores, 'editions'> & { close(): void };

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
