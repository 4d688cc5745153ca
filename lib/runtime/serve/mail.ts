import { readFileSync } from 'node:fs';
import { SESClient } from '@aws-sdk/client-ses';
import type { ServeSettings } from '../../config/schema.ts';
import type { OutgoingMail, SendOutcome } from '../../delivery/model.ts';
import type { MailTransport } from '../../delivery/ports.ts';
import { createSesTransport, sesClientConfig } from '../../delivery/ses.ts';
import { ConfigError } from '../../errors.ts';
import { createSmtpTransport } from '../smtp/transport.ts';
import { NO_SLOT, type Slot } from './slot.ts';

export interface MailService extends MailTransport {
  close(): void;
}

/**
 * The configured mail service. One mail at a time, each marked in the slot before the service can have accepted it.
 * @throws ConfigError when the password of an SMTP user is missing
 */
export function openMail({ smtp, ses }: ServeSettings['mail'], slot: Slot): MailService {
  if (smtp) {
    const password = smtp.user === undefined ? undefined : smtpPassword();
    const transport = createSmtpTransport({ ...smtp, password }, ({ tags }) => slot.mark(tags.attempt ?? ''));
    return { ...oneAtATime(transport), close: transport.close };
  }
  const client = new SESClient({ ...sesClientConfig(), ...(ses && { region: ses.region }) });
  const { configurationSet } = ses ?? {};
  const transport = createSesTransport(client, configurationSet === undefined ? {} : { configurationSet });
  const marked: MailTransport = {
    ...transport,
    send(mail) {
      slot.mark(mail.tags.attempt ?? '');
      return transport.send(mail);
    },
  };
  return { ...oneAtATime(marked), close: () => client.destroy() };
}

/**
 * Sends one mail that the ledger knows nothing of, over a connection of its own.
 * @throws ConfigError as `openMail`
 */
export async function sendApart(settings: ServeSettings['mail'], mail: OutgoingMail): Promise<SendOutcome> {
  const service = openMail(settings, NO_SLOT);
  try {
    return await service.send(mail);
  } finally {
    service.close();
  }
}

function oneAtATime(transport: MailTransport): MailTransport {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...transport,
    send(mail) {
      const sent = last.then(() => transport.send(mail));
      last = sent;
      return sent;
    },
  };
}

/** Never in the configuration file: it is committed and copied. */
function smtpPassword({ DISPATCHES_SMTP_PASSWORD, DISPATCHES_SMTP_PASSWORD_FILE } = process.env): string {
  if (DISPATCHES_SMTP_PASSWORD) return DISPATCHES_SMTP_PASSWORD;
  if (!DISPATCHES_SMTP_PASSWORD_FILE)
    throw new ConfigError(
      'The SMTP user has no password.',
      'Set DISPATCHES_SMTP_PASSWORD, or DISPATCHES_SMTP_PASSWORD_FILE to a file that holds it.',
    );
  try {
    return readFileSync(DISPATCHES_SMTP_PASSWORD_FILE, 'utf8').trim();
  } catch (cause) {
    throw new ConfigError(
      `The file ${DISPATCHES_SMTP_PASSWORD_FILE} cannot be read.`,
      'Correct DISPATCHES_SMTP_PASSWORD_FILE.',
      { cause },
    );
  }
}
