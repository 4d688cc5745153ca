import { afterEach, describe, expect, test } from 'vitest';
import type { OutgoingMail, SendOutcome } from '../../../lib/delivery/model.ts';
import { createSmtpTransport, type SmtpSettings } from '../../../lib/runtime/smtp/transport.ts';
import { type Reply, type Said, type SmtpServer, startSmtp } from '../../support/smtp-server.ts';

const mail: OutgoingMail = {
  from: 'digest@dispatches.example',
  to: 'reader@example.org',
  raw: Buffer.from('Subject: x\r\n\r\n.a line with a dot\r\n'),
  tags: { attempt: 'w1' },
};

let relay: SmtpServer;
afterEach(() => relay.close());

async function send(
  reply?: (said: Said) => Reply | Promise<Reply>,
  settings: Partial<SmtpSettings> = {},
): Promise<{ outcome: SendOutcome; ended: number }> {
  relay = await startSmtp(reply);
  let ended = 0;
  const transport = createSmtpTransport({ host: '127.0.0.1', port: relay.port, ...settings }, () => {
    ended += 1;
  });
  const outcome = await transport.send(mail);
  transport.close();
  return { outcome, ended };
}

const to = (command: string, reply: Reply) => (said: Said) => (said.line.startsWith(command) ? reply : undefined);

describe('mail through an SMTP relay', () => {
  test('is accepted with its bytes and envelope, and the relay names it', async () => {
    const { outcome, ended } = await send();
    expect(outcome).toEqual({ kind: 'sent', messageId: '250 2.0.0 Ok: queued as 1' });
    expect(relay.mails).toEqual([{ from: mail.from, to: mail.to, raw: 'Subject: x\r\n\r\n..a line with a dot\r\n' }]);
    expect(ended).toBe(1);
  });

  test('shares one connection', async () => {
    relay = await startSmtp();
    const transport = createSmtpTransport({ host: '127.0.0.1', port: relay.port }, () => undefined);
    for (let count = 0; count < 3; count += 1) await transport.send(mail);
    transport.close();
    expect([relay.mails.length, relay.connections]).toEqual([3, 1]);
  });

  test.each<[string, string, Reply, SendOutcome['kind'], number]>([
    ['a busy relay', 'MAIL', '451 4.3.0 try later', 'throttled', 0],
    ['a relay that closes', 'MAIL', '421 4.7.0 too many connections', 'throttled', 0],
    ['a sender that is not allowed', 'MAIL', '550 5.7.1 sender not allowed', 'stopped', 0],
    ['a reader who is not there', 'RCPT', '550 5.1.1 no such user', 'rejected', 0],
    ['a reader whom the relay looks up and does not find', 'RCPT', '550 5.1.1 unknown in relay table', 'rejected', 0],
    ['a relay that does not know us', 'RCPT', '554 5.7.1 Relay access denied', 'stopped', 0],
    ['a relay that names our address', 'RCPT', '554 5.7.1 Relay access denied for 10.5.1.2', 'stopped', 0],
    ['a refusal of the data', 'DATA', '451 4.3.2 full', 'throttled', 0],
    ['a relay gone before the end', 'DATA', 'hang up', 'throttled', 0],
    ['a message that is refused', '.', '554 5.6.0 looks like spam', 'rejected', 1],
    ['a message for later', '.', '452 4.3.1 disk full', 'throttled', 1],
    ['a relay gone after the end', '.', 'hang up', 'uncertain', 1],
  ])('%s means what it must for the ledger', async (_what, command, reply, kind, ends) => {
    const { outcome, ended } = await send(to(command, reply));
    expect([outcome.kind, ended]).toEqual([kind, ends]);
    expect(relay.mails).toEqual([]);
  });

  test.each<[string, string, true | undefined]>([
    ['550 5.1.1 no such user', 'RCPT', true],
    ['550-5.1.1 the account\r\n550 5.1.1 does not exist', 'RCPT', true],
    ['550 5.1.2 no such domain', 'RCPT', true],
    ['556 5.1.10 the domain takes no mail', 'RCPT', true],
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound', '.', true],
    ['550 no such user', 'RCPT', undefined],
    ['550 5.2.1 mailbox disabled', 'RCPT', undefined],
    ['550 5.7.1 blocked by policy', 'RCPT', undefined],
    ['553 5.1.8 sender address does not exist', 'RCPT', undefined],
    ['550 5.1.0 <digest@news.example.org>: sender address rejected: user unknown', 'RCPT', undefined],
    ['550 5.1.0 sender rejected', '.', undefined],
    ['550 5.7.1 client 10.5.1.2 is on a list', 'RCPT', undefined],
    ['550 5.7.1 client 10.5.1.2 is on a list', '.', undefined],
    ['550 5.7.1 this content is not wanted', '.', undefined],
    ['554 5.6.0 looks like spam', '.', undefined],
  ])('"%s" to %s: that the mailbox is gone for good is %s', async (reply, command, gone) => {
    const { outcome } = await send(to(command, reply));
    expect(outcome.kind).toBe('rejected');
    expect(outcome).toHaveProperty('reason');
    expect('gone' in outcome ? outcome.gone : undefined).toBe(gone);
  });

  test.each<[string, string, string]>([
    ['450 4.1.2 Domain not found', 'RCPT', 'reader'],
    ['450 busy', 'RCPT', 'reader'],
    ['452 4.2.2 mailbox full', 'RCPT', 'reader'],
    ['451 4.3.0 try later', 'RCPT', 'rate'],
    ['421 4.7.0 too fast', 'RCPT', 'rate'],
    ['450 4.1.8 sender address', 'MAIL', 'rate'],
    ['452 4.3.1 disk full', '.', 'rate'],
  ])('"%s" to %s is about the %s', async (reply, command, scope) => {
    expect((await send(to(command, reply))).outcome).toMatchObject({ kind: 'throttled', scope });
  });

  test('waits when nobody listens', async () => {
    relay = await startSmtp();
    await relay.close();
    const transport = createSmtpTransport({ host: '127.0.0.1', port: relay.port }, () => undefined);
    expect(await transport.send(mail)).toMatchObject({ kind: 'throttled', scope: 'rate' });
  });

  test('stops when the user is refused, and waits when that is for now', async () => {
    const user = { user: 'me', password: 'wrong' };
    expect((await send(to('AUTH', '535 5.7.8 bad credentials'), user)).outcome.kind).toBe('stopped');
    await relay.close();
    expect((await send(to('AUTH', '454 4.7.0 temporary'), user)).outcome.kind).toBe('throttled');
    await relay.close();
    expect((await send(undefined, user)).outcome).toMatchObject({ kind: 'sent' });
  });

  test('never goes unencrypted to another machine', async () => {
    relay = await startSmtp();
    // Not a loopback name, so it must be encrypted; this relay has no STARTTLS.
    const transport = createSmtpTransport({ host: '0.0.0.0', port: relay.port }, () => undefined);
    expect(await transport.send(mail)).toMatchObject({ kind: 'stopped' });
    expect(relay.mails).toEqual([]);
    transport.close();
  });

  test('tells no address in its reasons', async () => {
    const { outcome } = await send(to('RCPT', '550 5.1.1 <reader@example.org> no such user'));
    expect(JSON.stringify(outcome)).not.toContain('reader@');
  });
});
