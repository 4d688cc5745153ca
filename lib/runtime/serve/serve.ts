import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Config, ServeSettings } from '../../config/schema.ts';
import { UnavailableError } from '../../errors.ts';
import type { FeedSource } from '../../feeds/model.ts';
import type { Logger } from '../../log.ts';
import { MINUTE } from '../../time.ts';
import { siteOf } from '../app.ts';
import { type Listening, listen } from '../listen.ts';
import { type Local, openLocal } from '../local.ts';
import { lockFolder } from '../lock.ts';
import { sayAway } from './away.ts';
import { readEvents } from './events.ts';
import { openMail, sendApart } from './mail.ts';
import { type Watch, watchErrors } from './operator.ts';
import { recover } from './recover.ts';
import { createRounds } from './rounds.ts';
import { openSlot } from './slot.ts';

export interface ServeOptions {
  readonly config: Config;
  readonly settings: ServeSettings;
  readonly sources: readonly FeedSource[];
  readonly folder: string;
  readonly log: Logger;
  /** Ends it: the mail that is being sent is finished, no other is begun. */
  readonly signal: AbortSignal;
  readonly onListening: (url: string) => void;
}

/**
 * Publishes, mails and serves the reader site until `signal`. May be killed at any moment: the next start finishes what
 * was begun and mails nobody twice.
 * @throws InputError when another process is at work in the folder
 * @throws UnavailableError when the port is taken
 */
export async function serve(options: ServeOptions): Promise<void> {
  const { config, settings, sources, folder, signal } = options;
  const { log, tell } = watch(options);
  const lock = lockFolder(folder);
  const slot = openSlot(join(folder, 'slot'));
  const mail = openMail(settings.mail, slot);
  const local = await openLocal({
    ...{ config, sources, folder, log, transport: mail, siteUrl: settings.siteUrl },
    stopping: () => signal.aborted,
  });
  const clock = () => new Date();
  try {
    await recover({ stores: local.stores, clock, log }, { marked: slot.read(), letters: local.letters.waiting() });
    await sayAway({ stores: local.stores, config, clock, log });
    const site = await openSite(local, settings);
    options.onListening(site.url);
    const round = createRounds({ local, config, clock, log, ...eventsOf(local, { ...options, log }) });
    for (let first = true; !signal.aborted; first = false) {
      await round();
      await tell();
      if (first) log.info('caught up');
      await pause(MINUTE - (Date.now() % MINUTE), undefined, { signal }).catch(() => undefined);
    }
    await site.close();
    await local.idle();
  } finally {
    mail.close();
    local.close();
    slot.close();
    lock.release();
  }
}

/** Where an operator is named: what the log calls an error is mailed as well. */
function watch({ config, settings, log }: ServeOptions): Watch {
  const { operator, siteUrl, mail } = settings;
  if (operator === undefined) return { log, tell: async () => undefined };
  const site = siteOf(config, siteUrl);
  return watchErrors({ operator, site, log, send: (message) => sendApart(mail, message), clock: () => new Date() });
}

/** @throws UnavailableError when the port is taken or not allowed */
function openSite(local: Local, { host, port, behindProxy }: ServeSettings): Promise<Listening> {
  const site = (request: Request, client: { address?: string }) => local.app.site.fetch(request, client);
  return listen(site, port, { host, behindProxy, exact: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new UnavailableError(
      `The reader site cannot listen on ${host}:${port}: ${cause.code ?? cause.message}.`,
      'Free that port, or name another with "serve.port" in the configuration.',
      { cause },
    );
  });
}

function eventsOf({ app }: Local, { settings, log, signal }: ServeOptions): { events?: () => Promise<number> } {
  const { region, eventsQueueUrl, configurationSet } = settings.mail.ses ?? {};
  if (region === undefined || eventsQueueUrl === undefined) return {};
  const client = new SQSClient({ region, requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } });
  const record = app.feedback;
  return { events: () => readEvents({ client, queueUrl: eventsQueueUrl, configurationSet, record, log, signal }) };
}
