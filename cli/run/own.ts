import { dirname, join, resolve } from 'node:path';
import type { Config } from '../../lib/config/schema.ts';
import type { MailTransport } from '../../lib/delivery/ports.ts';
import { InputError } from '../../lib/errors.ts';
import { type Local, openLocal } from '../../lib/runtime/local.ts';
import { localLog } from '../../lib/runtime/local-log.ts';
import { openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import { outboxTransport } from '../../lib/runtime/local-ses/transport.ts';
import { lockFolder } from '../../lib/runtime/lock.ts';
import { openMail } from '../../lib/runtime/serve/mail.ts';
import { recover } from '../../lib/runtime/serve/recover.ts';
import { openSlot, type Slot } from '../../lib/runtime/serve/slot.ts';
import type { Progress } from '../../lib/types.ts';
import { agree } from '../agree.ts';
import { readFeedList } from '../feed-input.ts';
import { siteUrlOf } from '../site-url.ts';
import type { Results } from '../summary.ts';
import { count } from '../terminal.ts';
import { countDue } from './due-readers.ts';
import { LONGEST_DAY, publishNow } from './publish-now.ts';

export interface Own {
  readonly config: Config;
  readonly configFile: string;
  readonly state: string;
  /** Default: the mail service of "serve"; without one, `outbox` in the state folder. */
  readonly outbox?: string | undefined;
  readonly now: Date;
  readonly yes?: boolean | undefined;
  readonly progress: Progress;
}

/**
 * The configured publication with the state and the readers of this machine. Mail leaves through the service of "serve",
 * after asking; without one it becomes files.
 * @throws InputError when another process is at work in the state folder
 */
export async function runOwn(own: Own): Promise<Results & { readonly mailed: string }> {
  const { config, configFile, state, now, progress } = own;
  const sources = await readFeedList(resolve(dirname(configFile), config.feeds));
  const lock = lockFolder(state);
  const slot = openSlot(join(state, 'slot'));
  const way = await wayOf(own, slot);
  const log = localLog(state);
  const clock = () => now;
  const { transport } = way;
  const local = await openLocal({
    config,
    sources,
    folder: state,
    transport,
    siteUrl: siteUrlOf(config),
    clock,
    progress,
    log,
  });
  try {
    if (way.real) await ask(local, own);
    await recover({ stores: local.stores, clock, log }, { marked: slot.read(), letters: local.letters.waiting() });
    return { ...(await publishNow(local, now)), mailed: way.where };
  } finally {
    way.close();
    local.close();
    slot.close();
    lock.release();
  }
}

interface Way {
  readonly transport: MailTransport;
  readonly where: string;
  /** Mail reaches people. */
  readonly real: boolean;
  close(): void;
}

async function wayOf({ config: { serve }, state, outbox }: Own, slot: Slot): Promise<Way> {
  if (!serve) {
    const folder = outbox ?? join(state, 'outbox');
    return { transport: outboxTransport(await openOutbox(folder)), where: folder, real: false, close: () => undefined };
  }
  if (outbox !== undefined)
    throw new InputError(
      'The readers of this machine get real mail ("serve"), and what goes into files would count as mailed.',
      'Leave --outbox out, or try it on feeds: dispatches run --feeds feeds.opml --to ADDRESS --outbox DIR.',
    );
  const mail = openMail(serve.mail, slot);
  return { transport: mail, where: serve.mail.smtp?.host ?? 'SES', real: true, close: mail.close };
}

async function ask({ stores }: Local, { now, yes }: Own): Promise<void> {
  const readers = await countDue(stores.subscribers, now, LONGEST_DAY);
  await agree(`Publish now? ${count(readers, 'reader')} whose hour has come may get real mail.`, yes);
}
