import type { Config } from '../../lib/config/schema.ts';
import { buildMime } from '../../lib/delivery/mime.ts';
import { senderOf } from '../../lib/delivery/sender.ts';
import type { Message } from '../../lib/editions/message.ts';
import type { Edition } from '../../lib/editions/model.ts';
import { siteOf } from '../../lib/runtime/app.ts';
import type { Neighbour } from '../../lib/runtime/local-ses/page.ts';

export interface MailDeps {
  readonly config: Config;
  readonly siteUrl: string;
  /** Pages to go to from here. */
  readonly neighbours?: readonly Neighbour[];
}

/** The message as a reader gets it, with links that lead nobody anywhere. */
export function mimeOf({ config, siteUrl }: MailDeps, { composedAt }: Edition, message: Message): Uint8Array {
  const template = buildMime(message, senderOf({ site: siteOf(config, siteUrl), config }), new Date(composedAt));
  const links = { unsubscribeUrl: `${siteUrl}/#unsubscribe`, preferencesUrl: `${siteUrl}/#preferences` };
  return template({ to: 'preview@example.org', links });
}
