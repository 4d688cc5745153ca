import type { Config } from '../../config/schema.ts';
import type { Logger } from '../../log.ts';
import type { Stores } from '../../storage/stores.ts';
import { HOUR } from '../../time.ts';
import type { Clock } from '../../types.ts';

export interface AwayDeps {
  readonly stores: Pick<Stores, 'feeds'>;
  readonly config: Pick<Config, 'collect' | 'edition'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Says at the start how long nothing ran, as the feeds tell. Longer than editions may be late is an error: somebody did
 * not get one, and its news may be in none.
 */
export async function sayAway({ stores, config, clock, log }: AwayDeps): Promise<void> {
  const reads = (await stores.feeds.listStates()).flatMap(({ lastSuccess }) => lastSuccess ?? []);
  const since = reads.sort().at(-1);
  if (since === undefined) return;
  const hours = (clock().getTime() - Date.parse(since)) / HOUR;
  const { sendWithinHours, lookbackHours } = config.edition;
  if (hours <= Math.max(1, config.collect.everyMinutes / 30)) return;
  const fields = { since, hours: Math.round(hours) };
  if (hours <= sendWithinHours) return log.info('was away', fields);
  const lost = `editions due more than ${sendWithinHours} hours ago are not made, and the next looks back ${lookbackHours} hours`;
  log.error('was away', { ...fields, reason: `no feed was read for ${fields.hours} hours: ${lost}` });
}
