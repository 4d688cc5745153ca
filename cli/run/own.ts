import { dirname, resolve } from 'node:path';
import type { Config } from '../../lib/config/schema.ts';
import type { PublishResult } from '../../lib/delivery/publish.ts';
import type { DeliverResult } from '../../lib/delivery/result.ts';
import type { CollectResult } from '../../lib/feeds/collect.ts';
import { openLocal } from '../../lib/runtime/local.ts';
import { openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import { outboxTransport } from '../../lib/runtime/local-ses/transport.ts';
import type { Progress } from '../../lib/types.ts';
import { readFeedList } from '../feed-input.ts';
import { siteUrlOf } from '../site-url.ts';
import { checkRead } from './collect-input.ts';

export interface Own {
  readonly config: Config;
  readonly configFile: string;
  readonly state: string;
  readonly outbox: string;
  readonly now: Date;
  readonly progress: Progress;
}

/** The configured publication with the state and the readers of this machine; mail becomes files in the outbox. */
export async function runOwn({ config, configFile, state, outbox, now, progress }: Own): Promise<{
  readonly collected: CollectResult;
  readonly published: PublishResult;
  readonly delivered: readonly DeliverResult[];
}> {
  const sources = await readFeedList(resolve(dirname(configFile), config.feeds));
  const transport = outboxTransport(await openOutbox(outbox));
  const siteUrl = siteUrlOf(config);
  const local = await openLocal({ config, sources, folder: state, transport, siteUrl, clock: () => now, progress });
  try {
    await local.app.sweep();
    const collected = await local.app.collect({ force: true });
    checkRead(collected);
    const published = await local.app.publish({ at: now.toISOString(), withinHours: 24 });
    return { collected, published, delivered: await local.idle() };
  } finally {
    local.close();
  }
}
