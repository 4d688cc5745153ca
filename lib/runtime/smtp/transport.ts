import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { OutgoingMail, SendOutcome } from '../../delivery/model.ts';
import type { MailTransport } from '../../delivery/ports.ts';
import { smtpOutcome } from './outcome.ts';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

export interface SmtpTransport extends MailTransport {
  close(): void;
}

/** Milliseconds. A relay may take long over the end of the data (RFC 5321, 4.5.3.2.6), but no reader waits for that. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000, dnsTimeout: 10_000 };
const LOOPBACK = /^(127\.|localhost$|\[?::1)/;

/**
 * Sends through an SMTP relay over one connection, which is kept. Always encrypted, but to this machine itself: TLS at
 * once on port 465, STARTTLS elsewhere.
 * @param onEnd called before the end of the data: until it returns, the relay cannot have accepted the mail
 */
export function createSmtpTransport(settings: SmtpSettings, onEnd: (mail: OutgoingMail) => void): SmtpTransport {
  let open: SMTPConnection | undefined;
  const drop = () => {
    open?.close();
    open = undefined;
  };
  return {
    async send(mail) {
      let handedOver = false;
      const raw = Readable.from(
        withEnd(mail, () => {
          onEnd(mail);
          handedOver = true;
        }),
      );
      try {
        open ??= await connect(settings, (gone) => {
          if (open === gone) open = undefined;
        });
        return await hand(open, mail, raw);
      } catch (error) {
        drop();
        return smtpOutcome(error, handedOver);
      }
    },
    close: drop,
  };
}

/** The message; `end` runs when it is asked for more, which is before the dot that ends the data. */
async function* withEnd({ raw }: OutgoingMail, end: () => void): AsyncGenerator<Uint8Array> {
  yield raw;
  end();
}

function hand(connection: SMTPConnection, { from, to, raw }: OutgoingMail, stream: Readable): Promise<SendOutcome> {
  return new Promise((done, fail) => {
    const envelope = { from, to: [to], size: raw.byteLength };
    connection.send(envelope, stream, (error, info) =>
      error ? fail(error) : done({ kind: 'sent', messageId: info.response.slice(0, 200) }),
    );
  });
}

function connect({ host, port, user, password }: SmtpSettings, onGone: (connection: SMTPConnection) => void) {
  const here = LOOPBACK.test(host);
  const security = { secure: port === 465, requireTLS: !here, ignoreTLS: here };
  const connection = new SMTPConnection({ host, port, ...security, ...TIMEOUTS });
  // An idle connection that breaks is gone, not an error of anything.
  for (const event of ['end', 'error']) connection.on(event, () => onGone(connection));
  return new Promise<SMTPConnection>((done, fail) => {
    connection.once('error', fail);
    connection.connect((error) => {
      if (error) return fail(error);
      if (!user) return done(connection);
      connection.login({ user, pass: password ?? '' }, (refused) => (refused ? fail(refused) : done(connection)));
    });
  });
}
