import type { Config } from '../../lib/config/schema.ts';
import type { MailTransport } from '../../lib/delivery/ports.ts';
import { latestDue } from '../../lib/editions/due.ts';
import type { Slot } from '../../lib/editions/model.ts';
import type { EditionRecord } from '../../lib/editions/ports.ts';
import { UnavailableError } from '../../lib/errors.ts';
import { type Local, openLocal } from '../../lib/runtime/local.ts';
import { HOUR } from '../../lib/time.ts';
import type { Locale, Progress } from '../../lib/types.ts';
import type { FeedInput } from '../feed-input.ts';
import { ensureReader } from '../readers.ts';
import type { Results } from '../summary.ts';
import { collectInput } from './collect-input.ts';

export interface ByHand {
  readonly config: Config;
  readonly feeds: FeedInput;
  readonly to: string;
  readonly locale: Locale;
  readonly now: Date;
  readonly since?: Date;
  readonly transport: MailTransport;
  readonly siteUrl: string;
  readonly progress: Progress;
}

export interface Outcome extends Results {
  readonly local: Local;
  readonly record: EditionRecord;
}

/** The one reader's digest is never too late: a week, the longest time between two, and an hour for the clock. */
const WITHIN_HOURS = 7 * 24 + 1;

/** Mail ends here: for a look at what would be sent. */
export const nowhere: MailTransport = { send: async () => ({ kind: 'sent', messageId: 'nowhere' }) };

/**
 * The whole way, once, in a store that is forgotten afterwards: one reader, whose appointment is now.
 * The caller closes `local`.
 * @throws UnavailableError when no feed could be read
 */
export async function runByHand(input: ByHand): Promise<Outcome> {
  const { now, feeds } = input;
  const at = now.toISOString();
  const slot: Slot = { cadence: 'daily', zone: input.config.digest.zone, hour: hourIn(input.config.digest.zone, now) };
  const clock = () => now;
  const config = withSince(
    { ...input.config, digest: { ...slot, cadence: 'daily' } },
    latestDue(slot, at),
    input.since,
  );
  const local = await openLocal({
    ...{ config, clock, transport: input.transport, siteUrl: input.siteUrl, progress: input.progress },
    sources: [...feeds.sources, ...feeds.files.map((file) => file.source)],
    allowLoopback: feeds.sources.some(({ url }) => isLoopback(new URL(url).hostname)),
  });
  const deps = { app: local.app, store: local.stores.feeds, clock };
  const collected = await collectInput(deps, feeds);
  await ensureReader(local, config, { email: input.to, locale: input.locale, now });
  const published = await local.app.publish({ at, withinHours: WITHIN_HOURS });
  const delivered = await local.idle();
  const record = await local.stores.editions.get(published.editions[0]?.id ?? '');
  if (!record) throw new UnavailableError('No edition was composed.', 'Look at the log for the reason.');
  return { local, collected, published, delivered, inDoubt: 0, record };
}

/** News begins at `since`, where that is given, for what is due then. */
export function withSince(config: Config, dueAt: string, since: Date | undefined): Config {
  if (!since) return config;
  const lookbackHours = Math.max(0, (Date.parse(dueAt) - since.getTime()) / HOUR);
  return { ...config, edition: { ...config.edition, lookbackHours } };
}

/** 0..23, by a clock in the zone. */
export function hourIn(zone: string, now: Date): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(now));
}

/** Named by hand, so not a trap; any other address on this machine stays forbidden. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
