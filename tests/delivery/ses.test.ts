import { SESClient } from '@aws-sdk/client-ses';
import { describe, expect, test } from 'vitest';
import type { OutgoingMail } from '../../lib/delivery/model.ts';
import { createSesTransport, sesClientConfig } from '../../lib/delivery/ses.ts';
import {
  accepts,
  answers,
  answersHalf,
  closes,
  dripsForEver,
  hangs,
  type Misbehaviour,
  refuses,
  resets,
  sesServer,
} from '../support/ses-server.ts';

const mail: OutgoingMail = {
  from: 'digest@dispatches.example',
  to: 'reader@example.org',
  raw: Buffer.from('From: digest@dispatches.example\r\n\r\nHello\r\n'),
  tags: { edition: 'war-daily-nl-20261123T0600Z', recipient: 'f'.repeat(32), attempt: 'w1' },
};

const clientFor = (endpoint: string) =>
  new SESClient({
    ...sesClientConfig({ connect: 1000, answer: 1000 }),
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

async function sendTo(behave: Misbehaviour, options: { configurationSet?: string } = {}) {
  await using server = await sesServer(behave);
  const client = clientFor(server.endpoint);
  const outcome = await createSesTransport(client, { longestSend: 1500, ...options }).send(mail);
  client.destroy();
  return { outcome, requests: server.requests };
}

describe('one send is one request', () => {
  const table: [string, Misbehaviour, Record<string, string>][] = [
    ['an accepted mail', accepts, { kind: 'sent', messageId: 'message-1' }],
    ['a reset after the whole request', resets, { kind: 'uncertain' }],
    ['a closed connection', closes, { kind: 'uncertain' }],
    ['no answer', hangs, { kind: 'uncertain' }],
    ['an answer that breaks off', answersHalf((request) => request.socket.destroy()), { kind: 'uncertain' }],
    ['an answer that stops halfway', answersHalf(() => {}), { kind: 'uncertain' }],
    ['an answer that never ends', dripsForEver, { kind: 'uncertain' }],
    ['an answer without a message id', answers(200, '<SendRawEmailResponse/>'), { kind: 'uncertain' }],
    ['an empty answer', answers(200, ''), { kind: 'uncertain' }],
    ['an answer that is no XML', answers(200, 'OK'), { kind: 'uncertain' }],
    ['500', refuses(500, 'InternalFailure', 'x'), { kind: 'uncertain' }],
    ['502 from something between', answers(502, '<html>Bad gateway</html>'), { kind: 'uncertain' }],
    ['503', refuses(503, 'ServiceUnavailable', 'x'), { kind: 'uncertain' }],
    ['408', refuses(408, 'RequestTimeout', 'x'), { kind: 'uncertain' }],
    ['the rate', refuses(400, 'Throttling', 'Maximum sending rate exceeded.'), { kind: 'throttled', scope: 'rate' }],
    [
      'the rate, newer name',
      refuses(400, 'ThrottlingException', 'Rate exceeded'),
      { kind: 'throttled', scope: 'rate' },
    ],
    ['the rate, by status', answers(429, ''), { kind: 'throttled', scope: 'rate' }],
    ['the quota', refuses(400, 'Throttling', 'Daily message quota exceeded.'), { kind: 'throttled', scope: 'day' }],
    ['a refused message', refuses(400, 'MessageRejected', 'Address blacklisted.'), { kind: 'rejected' }],
    [
      'an unusable address',
      refuses(400, 'InvalidParameterValue', 'Local address contains control'),
      { kind: 'rejected' },
    ],
    [
      'a reader not verified (sandbox)',
      refuses(400, 'MessageRejected', 'Email address is not verified: reader@example.org'),
      { kind: 'rejected' },
    ],
    [
      'ourselves not verified',
      refuses(400, 'MessageRejected', 'Email address is not verified: digest@dispatches.example'),
      { kind: 'stopped' },
    ],
    ['a paused account', refuses(400, 'AccountSendingPausedException', 'x'), { kind: 'stopped' }],
    ['a paused set', refuses(400, 'ConfigurationSetSendingPausedException', 'x'), { kind: 'stopped' }],
    ['an unknown set', refuses(400, 'ConfigurationSetDoesNotExist', 'x'), { kind: 'stopped' }],
    ['a MAIL FROM not verified', refuses(400, 'MailFromDomainNotVerifiedException', 'x'), { kind: 'stopped' }],
    ['no permission', refuses(403, 'AccessDenied', 'x'), { kind: 'stopped' }],
    ['a wrong key', refuses(403, 'SignatureDoesNotMatch', 'x'), { kind: 'stopped' }],
    ['a refusal nobody heard of', refuses(400, 'SomethingNew', 'x'), { kind: 'stopped' }],
  ];

  test.each(table)('%s', async (_name, behave, expected) => {
    const { outcome, requests } = await sendTo(behave);
    expect(outcome).toMatchObject(expected);
    expect(requests).toHaveLength(1);
  });

  test('a server that is not there was certainly not reached: try again later', async () => {
    const server = await sesServer(accepts);
    await server[Symbol.asyncDispose]();
    const outcome = await createSesTransport(clientFor(server.endpoint)).send(mail);
    expect(outcome).toMatchObject({ kind: 'throttled', reason: expect.stringContaining('ECONNREFUSED') });
  });

  test('missing credentials stop the page', async () => {
    await using server = await sesServer(accepts);
    const client = new SESClient({
      ...sesClientConfig(),
      endpoint: server.endpoint,
      region: 'eu-central-1',
      credentials: () => Promise.reject(Object.assign(new Error('none found'), { name: 'CredentialsProviderError' })),
    });
    expect((await createSesTransport(client).send(mail)).kind).toBe('stopped');
    expect(server.requests).toHaveLength(0);
  });
});

describe('the request', () => {
  test('carries the bytes, the tags and the configuration set', async () => {
    const { requests } = await sendTo(accepts, { configurationSet: 'mail' });
    const form = new URLSearchParams(requests[0]);
    expect(Buffer.from(form.get('RawMessage.Data') ?? '', 'base64')).toEqual(mail.raw);
    expect(form.get('Destinations.member.1')).toBe(mail.to);
    expect(form.get('Source')).toBe(mail.from);
    expect(form.get('ConfigurationSetName')).toBe('mail');
    expect(form.get('Tags.member.1.Value')).toBe(mail.tags.edition);
  });
});

test('no reason holds an address', async () => {
  const { outcome } = await sendTo(
    refuses(400, 'MessageRejected', 'Email address is not verified: reader@example.org'),
  );
  expect(JSON.stringify(outcome)).not.toContain('@');
});
