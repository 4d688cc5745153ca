import { join } from 'node:path';
import { SESClient } from '@aws-sdk/client-ses';
import type { Config } from '../../lib/config/schema.ts';
import { createSesTransport, sesClientConfig } from '../../lib/delivery/ses.ts';
import { type Local, openLocal } from '../../lib/runtime/local.ts';
import { localLog } from '../../lib/runtime/local-log.ts';
import { openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import { lockFolder } from '../../lib/runtime/lock.ts';
import type { Clock, Locale, Progress } from '../../lib/types.ts';
import { createPreview } from '../preview/page.ts';
import { studioOf } from '../preview/serve.ts';
import { ensureReader } from '../readers.ts';
import { rememberedPorts, rememberPorts } from './ports.ts';
import { type Servers, startServers } from './servers.ts';

const CONFIGURATION_SET = 'dispatches';
const READERS: readonly { readonly email: string; readonly locale: Locale }[] = [
  { email: 'lezer@dispatches.example', locale: 'nl' },
  { email: 'reader@dispatches.example', locale: 'en' },
  { email: 'chytach@dispatches.example', locale: 'uk' },
];

/** Everything that `dispatches start` has running. */
export interface Trial extends Pick<Servers, 'feeds' | 'site' | 'inbox'> {
  readonly local: Local;
  close(): Promise<void>;
}

export interface TrialOptions {
  readonly config: Config;
  readonly folder: string;
  readonly clock: Clock;
  readonly progress: Progress;
  /** Default: those of the last time, at first 4100 to 4102. */
  readonly port?: number | undefined;
}

/** Starts the sample feeds, the local mail service and the reader site, and makes sure of three sample readers. */
export async function startTrial(options: TrialOptions): Promise<Trial> {
  const { folder, clock, port } = options;
  // A publication of its own, so that its editions never mix with those of the operator's.
  const config = { ...options.config, publication: { ...options.config.publication, id: 'sample' } };
  const lock = lockFolder(folder);
  const letGo = (error: unknown): never => {
    lock.release();
    throw error;
  };
  const outbox = await openOutbox(join(folder, 'outbox'), clock);
  const ports = await rememberedPorts(folder, port);
  const servers = await startServers({ outbox, from: config.publication.from, clock, ports }).catch(letGo);
  await rememberPorts(folder, servers);
  const client = sesAt(servers.inbox.url);
  try {
    const local = await openBehind(servers, client, { ...options, config });
    for (const reader of READERS) await ensureReader(local, config, { ...reader, now: clock() });
    const close = async () => {
      await servers.close();
      client.destroy();
      local.close();
      lock.release();
    };
    return { ...servers, local, close };
  } catch (error) {
    await servers.close();
    return letGo(error);
  }
}

/** The runtime that reads those feeds, mails through that service and answers on that site. */
async function openBehind(servers: Servers, client: SESClient, options: TrialOptions): Promise<Local> {
  const { config, folder, clock, progress } = options;
  const local = await openLocal({
    ...{ config, folder, clock, progress },
    log: localLog(folder),
    transport: createSesTransport(client, { configurationSet: CONFIGURATION_SET }),
    sources: servers.feeds.sources,
    siteUrl: servers.site.url,
    allowLoopback: true,
  });
  const neighbours = [
    { label: 'Inbox', url: '/' },
    { label: 'Reader site', url: servers.site.url },
  ];
  const { stores } = local;
  const studio = studioOf({ config, stores, sources: servers.feeds.sources, clock });
  const preview = createPreview({ editions: stores.editions, studio, config, siteUrl: servers.site.url, neighbours });
  servers.mailService.route('/', preview);
  servers.open(
    (request, client) => local.app.site.fetch(request, client),
    (event) => local.app.feedback(event),
  );
  return local;
}

function sesAt(endpoint: string): SESClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SESClient({ ...sesClientConfig(), endpoint, region: 'eu-central-1', credentials });
}
