import { dirname, resolve } from 'node:path';
import type { Config } from '../../lib/config/schema.ts';
import { openLocal } from '../../lib/runtime/local.ts';
import { openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import { outboxTransport } from '../../lib/runtime/local-ses/transport.ts';
import type { Progress } from '../../lib/types.ts';
import { readFeedList } from '../feed-input.ts';
import { siteUrlOf } from '../site-url.ts';
import { mailsInDoubt } from '../status.ts';
import type { Results } from '../summary.ts';
import { checkRead } from './collect-input.ts';

export interface Own {
  readonly config: Config;
  readonly configFile: string;
  readonly state: string;
  readonly outbox: string;
  readonly now: Date;
  readonly progress: Progress;
}

/** Hours between two digests at the same time of day: one more than usual when clocks go back. */
const LONGEST_DAY = 25;

/** The configured publication with the state and the readers of this machine; mail becomes files in the outbox. */
export async function runOwn({ config, configFile, state, outbox, now, progress }: Own): Promise<Results> {
  const sources = await readFeedList(resolve(dirname(configFile), config.feeds));
  const transport = outboxTransport(await openOutbox(outbox));
  const siteUrl = siteUrlOf(config);
  const local = await openLocal({ config, sources, folder: state, transport, siteUrl, clock: () => now, progress });
  try {
    await local.app.sweep();
    // A time to come is a trial: nothing is deleted for it.
    if (now <= new Date()) await local.app.tidy();
    const collected = await local.app.collect({ force: true });
    checkRead(collected);
    const published = await local.app.publish({ at: now.toISOString(), withinHours: LONGEST_DAY });
    const delivered = await local.idle();
    const inDoubt = await mailsInDoubt(
      local.stores,
      published.editions.map(({ id }) => id),
    );
    return { collected, published, delivered, inDoubt };
  } finally {
    local.close();
  }
}
