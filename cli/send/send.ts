import { join } from 'node:path';
import { SESClient } from '@aws-sdk/client-ses';
import { loadConfig } from '../../lib/config/load.ts';
import type { Config } from '../../lib/config/schema.ts';
import { stageOf } from '../../lib/config/stage.ts';
import { buildMime } from '../../lib/delivery/mime.ts';
import type { MailTransport } from '../../lib/delivery/ports.ts';
import { senderOf } from '../../lib/delivery/sender.ts';
import { createSesTransport, sesClientConfig } from '../../lib/delivery/ses.ts';
import type { EditionRecord } from '../../lib/editions/ports.ts';
import { InputError, UnavailableError } from '../../lib/errors.ts';
import { siteOf } from '../../lib/runtime/app.ts';
import { openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import { outboxTransport } from '../../lib/runtime/local-ses/transport.ts';
import { sendApart } from '../../lib/runtime/serve/mail.ts';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import { agree } from '../agree.ts';
import { inPlace, type Place, type Where } from '../open-place.ts';
import { siteUrlOf } from '../site-url.ts';
import { stageOutputs } from '../stage/outputs.ts';

export interface SendOptions extends Where {
  /** The one address that gets it. */
  readonly test: string;
  readonly edition?: string;
  readonly yes?: boolean;
}

/** Where the mail goes and which site its links lead to. */
interface Way {
  readonly transport: MailTransport;
  readonly siteUrl: string;
  readonly by: string;
}

/**
 * Mails one stored edition to one address, marked as a test. The ledger knows nothing of it: the reader, if it is one, still
 * gets the edition itself.
 */
export async function sendTest(options: SendOptions): Promise<void> {
  const config = await loadConfig(options.config);
  const way = await wayOf(options, config);
  const { id, subject } = await inPlace(options, async (place) => {
    const record = await wanted(place, options.edition);
    const test = { ...record.message, subject: `[Test] ${record.message.subject}` };
    await agree(`Send edition ${record.edition.id} as a test to ${options.test} ${way.by}?`, options.yes);
    const keys = await place.keys();
    const links = createLinks({ siteUrl: way.siteUrl, keys });
    const reader = subscriberId(options.test, keys.identity);
    const sender = senderOf({ site: siteOf(config, way.siteUrl), config });
    const raw = buildMime(
      test,
      sender,
      new Date(),
    )({
      to: options.test,
      links: { unsubscribeUrl: links.unsubscribe(reader), preferencesUrl: links.preferences(reader) },
    });
    const outcome = await way.transport.send({ from: sender.from, to: options.test, raw, tags: {} });
    if (outcome.kind === 'sent') return { id: record.edition.id, subject: test.subject };
    throw new UnavailableError(`The mail service did not take it: ${outcome.reason}.`, 'See also: dispatches doctor.');
  });
  process.stdout.write(`Sent "${subject}" (${id}) ${way.by}.\n`);
}

async function wanted({ stores: { editions } }: Place, id: string | undefined): Promise<EditionRecord> {
  const newest = id ?? (await editions.list(1)).items[0]?.id;
  const record = newest === undefined ? undefined : await editions.get(newest);
  if (record) return record;
  throw new InputError(
    id ? `There is no edition "${id}".` : 'There is no edition yet.',
    id ? 'List them with: dispatches edition list' : 'Make one: dispatches run',
  );
}

async function wayOf({ stage, config: file, state }: SendOptions, config: Config): Promise<Way> {
  if (stage !== undefined) {
    const settings = stageOf(config, stage, file);
    const { ConfigurationSet, SiteUrl } = await stageOutputs(settings, stage);
    const client = new SESClient({ ...sesClientConfig(), region: settings.region });
    const transport = createSesTransport(client, { configurationSet: ConfigurationSet });
    return { transport, siteUrl: SiteUrl, by: `through SES in ${settings.region}` };
  }
  const siteUrl = siteUrlOf(config);
  if (config.serve) {
    const { mail } = config.serve;
    const transport: MailTransport = { send: (message) => sendApart(mail, message) };
    return { transport, siteUrl, by: mail.smtp ? `through ${mail.smtp.host}` : 'through SES' };
  }
  const outbox = join(state, 'outbox');
  return { transport: outboxTransport(await openOutbox(outbox)), siteUrl, by: `into ${outbox}` };
}
