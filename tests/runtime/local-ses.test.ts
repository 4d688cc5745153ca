import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Listening, listen } from '../../lib/runtime/listen.ts';
import { createLocalSes } from '../../lib/runtime/local-ses/index.ts';
import { type Envelope, openOutbox } from '../../lib/runtime/local-ses/outbox.ts';

const MESSAGE = [
  'From: Dispatches <digest@dispatches.example>',
  'To: reader@example.org',
  'Subject: =?utf-8?Q?Zwei_=3CBr=C3=BCcken=3E?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary="b"',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'plain words',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<html lang="de"><style>@media (prefers-color-scheme: dark) { p { color: #fff } }</style><script>1</script><p>rich</p></html>',
  '--b--',
  '',
].join('\r\n');

let folder: string;
let server: Listening;
let client: SESClient;
let accepted: Envelope[];

async function start(): Promise<void> {
  const outbox = await openOutbox(folder);
  const onAccepted = async (envelope: Envelope) => {
    accepted.push(envelope);
  };
  const ses = createLocalSes({ outbox, verified: ['digest@dispatches.example'], onAccepted });
  server = await listen(ses.fetch);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SESClient({ endpoint: server.url, region: 'eu-central-1', credentials, maxAttempts: 1 });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-ses-'));
  accepted = [];
  await start();
});

afterEach(async () => {
  client.destroy();
  await server.close();
  await rm(folder, { recursive: true });
});

function send(change: { source?: string; data?: string; to?: string[]; tag?: string } = {}) {
  return client.send(
    new SendRawEmailCommand({
      Source: change.source ?? 'digest@dispatches.example',
      Destinations: change.to ?? ['reader@example.org'],
      RawMessage: { Data: Buffer.from(change.data ?? MESSAGE, 'utf8') },
      Tags: [{ Name: 'edition', Value: change.tag ?? 'war-daily-de' }],
      ConfigurationSetName: 'dispatches',
    }),
  );
}

async function get(path: string): Promise<{ status: number; body: string; headers: Headers }> {
  const response = await fetch(server.url + path);
  return { status: response.status, body: await response.text(), headers: response.headers };
}

describe('the local SES endpoint', () => {
  test('keeps every byte, the recipients and the tags, and says under which id', async () => {
    const { MessageId: id = '' } = await send();
    const found = await (await openOutbox(folder)).get(id);
    expect(Buffer.from(found?.raw ?? []).toString('utf8')).toBe(MESSAGE);
    expect(found?.envelope).toMatchObject({
      to: ['reader@example.org'],
      tags: { edition: 'war-daily-de' },
      configurationSet: 'dispatches',
      subject: 'Zwei <Brücken>',
    });
    expect(accepted.map((envelope) => envelope.id)).toEqual([id]);
  });

  test('still shows its messages after a restart, newest first', async () => {
    await send();
    await send({ data: MESSAGE.replace('Subject: =?utf-8?Q?Zwei_=3CBr=C3=BCcken=3E?=', 'Subject: second') });
    await server.close();
    await start();
    const { body } = await get('/');
    expect(body.indexOf('second')).toBeGreaterThan(0);
    expect(body.indexOf('Zwei &lt;Brücken&gt;')).toBeGreaterThan(body.indexOf('second'));
  });

  test('counts the quota', async () => {
    await send();
    const quota = await client.send(new GetSendQuotaCommand({}));
    expect(quota).toMatchObject({ SentLast24Hours: 1, MaxSendRate: 14, Max24HourSend: 50_000 });
  });

  test.each([
    ['an unverified sender', { source: 'other@elsewhere.example' }, 'MessageRejected', /not verified.*other@elsewhere/],
    ['a forged From', { data: MESSAGE.replace('<digest@', '<forged@') }, 'MessageRejected', /not verified.*forged@/],
    ['no From', { data: 'Subject: x\r\n\r\nx' }, 'InvalidParameterValue', /'From'/],
    ['an empty message', { data: '' }, 'InvalidParameterValue', /Empty/],
    ['a broken recipient', { to: ['nobody'] }, 'InvalidParameterValue', /@domain/],
    ['a tag with a space', { tag: 'a b' }, 'InvalidParameterValue', /tag/],
  ])('refuses %s as SES does, and keeps nothing', async (_what, change, name, message) => {
    await expect(send(change)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    expect(await (await openOutbox(folder)).list()).toEqual([]);
  });

  test('refuses an unknown action and a caller without a signature in XML', async () => {
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(server.url, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ Action: 'Dance' }),
      });
      return `${response.status} ${/<Code>(\w+)</.exec(await response.text())?.[1]}`;
    };
    expect(await ask({})).toBe('403 MissingAuthenticationToken');
    expect(await ask({ authorization: 'AWS4-HMAC-SHA256 Credential=x' })).toBe('400 InvalidAction');
  });
});

describe('the inbox', () => {
  test('shows the message with its parts one link away', async () => {
    const { MessageId: id } = await send();
    const view = await get(`/messages/${id}`);
    expect(view.body).toContain('Zwei &lt;Brücken&gt;');
    expect(view.body).toContain(`src="/messages/${id}/body?part=html&amp;width=desktop&amp;scheme=own"`);
    expect((await get(`/messages/${id}?part=text`)).body).toContain('plain words');
    expect((await get(`/messages/${id}?part=source`)).body).toContain('boundary=&quot;b&quot;');
    expect((await get(`/messages/${id}/raw`)).body).toBe(MESSAGE);
  });

  test('shows the HTML part where no script runs and nothing is fetched', async () => {
    const { MessageId: id } = await send();
    const { headers } = await get(`/messages/${id}/body`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox');
    expect(policy).not.toMatch(/allow-scripts|script-src/);
  });

  test('decides the colour scheme of the message itself', async () => {
    const { MessageId: id } = await send();
    expect((await get(`/messages/${id}/body?scheme=dark`)).body).toContain('@media (min-width: 0)');
    expect((await get(`/messages/${id}/body?scheme=light`)).body).toContain('@media (max-width: 0)');
    expect((await get(`/messages/${id}/body`)).body).toContain('@media (prefers-color-scheme: dark)');
  });

  test.each(['/messages/nothing', '/messages/..%2F..%2Fetc', '/messages/x/body', '/messages/x/raw'])(
    'has nothing at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  test('reads nobody its mail under a name that was pointed here', async () => {
    const { MessageId: id } = await send();
    const ses = createLocalSes({ outbox: await openOutbox(folder), verified: [] });
    for (const path of ['/', '/nothing', `/messages/${id}`, `/messages/${id}/body`, `/messages/${id}/raw`]) {
      const response = await ses.fetch(new Request(new URL(path, 'http://rebound.example:4103')));
      expect([path, response.status]).toEqual([path, 421]);
    }
  });
});
