import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { SESClient } from '@aws-sdk/client-ses';
import type { Config } from '../../lib/config/schema.ts';
import type { MailEvent } from '../../lib/delivery/model.ts';
import { createSesTransport, sesClientConfig } from '../../lib/delivery/ses.ts';
import { decodeSesEvent } from '../../lib/delivery/ses-event.ts';
import { createLogger } from '../../lib/log.ts';
import { type Listening, listen } from '../../lib/runtime/listen.ts';
import { type Local, openLocal } from '../../lib/runtime/local.ts';
import { eventsOf } from '../../lib/runtime/local-ses/events.ts';
import { createLocalSes } from '../../lib/runtime/local-ses/index.ts';
import { openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import type { Clock, Locale, Progress } from '../../lib/types.ts';
import { createPreview } from '../preview/page.ts';
import { ensureReader } from '../readers.ts';
import { type SampleServer, startSampleServer } from '../sample/server.ts';

const CONFIGURATION_SET = 'dispatches';
const READERS: readonly { readonly email: string; readonly locale: Locale }[] = [
  { email: 'lezer@dispatches.example', locale: 'nl' },
  { email: 'reader@dispatches.example', locale: 'en' },
  { email: 'chytach@dispatches.example', locale: 'uk' },
];

/** Everything that `dispatches start` has running. */
export interface Trial {
  readonly local: Local;
  readonly feeds: SampleServer;
  readonly site: Listening;
  readonly inbox: Listening;
  close(): Promise<void>;
}

export interface TrialOptions {
  readonly config: Config;
  readonly folder: string;
  readonly clock: Clock;
  readonly progress: Progress;
  /** Site; inbox and feeds are the next two. Another is taken for one that is in use, and any free ones for 0. */
  readonly port: number;
}

/** Starts the sample feeds, the local mail service and the reader site, and makes sure of three sample readers. */
export async function startTrial(options: TrialOptions): Promise<Trial> {
  const { folder, clock, port } = options;
  // A publication of its own, so that its editions never mix with those of the operator's.
  const config = { ...options.config, publication: { ...options.config.publication, id: 'sample' } };
  const log = createLogger((line) => appendFileSync(join(folder, 'dispatches.log'), `${line}\n`));
  // The servers must listen before there is anything to serve: mails and feeds hold their addresses.
  const doors = {
    site: async (_request: Request) => new Response('Starting; try again in a moment.', { status: 503 }),
    event: async (_event: MailEvent) => {},
  };
  const outbox = await openOutbox(join(folder, 'outbox'), clock);
  const ses = createLocalSes({
    outbox,
    verified: [config.publication.from],
    onAccepted: async (envelope) => {
      for (const json of eventsOf(envelope)) for (const event of decodeSesEvent(json)) await doors.event(event);
    },
  });
  const [feeds, inbox, site] = await Promise.all([
    startSampleServer(clock, port && port + 2),
    listen(ses.fetch, port && port + 1),
    listen((request) => doors.site(request), port),
  ]);
  const client = new SESClient({
    ...sesClientConfig(),
    endpoint: inbox.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const transport = createSesTransport(client, { configurationSet: CONFIGURATION_SET });
  const local = await openLocal({
    ...{ config, folder, transport, clock, log, progress: options.progress },
    ...{ sources: feeds.sources, siteUrl: site.url, allowLoopback: true },
  });
  ses.route('/', createPreview({ editions: local.stores.editions, config, siteUrl: site.url }));
  doors.site = (request) => local.app.site.fetch(request, { address: '127.0.0.1' });
  doors.event = (event) => local.app.feedback(event);
  for (const reader of READERS) await ensureReader(local, config, { ...reader, now: clock() });
  return {
    ...{ local, feeds, site, inbox },
    async close() {
      await Promise.all([feeds.close(), inbox.close(), site.close()]);
      client.destroy();
      local.close();
    },
  };
}
