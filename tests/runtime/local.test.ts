import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESClient } from '@aws-sdk/client-ses';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureReader } from '../../cli/readers.ts';
import { startSampleServer } from '../../cli/sample/server.ts';
import { loadConfig } from '../../lib/config/load.ts';
import type { SendOutcome } from '../../lib/delivery/model.ts';
import { createSesTransport, sesClientConfig } from '../../lib/delivery/ses.ts';
import { listen } from '../../lib/runtime/listen.ts';
import { type Local, openLocal } from '../../lib/runtime/local.ts';
import { localKeys } from '../../lib/runtime/local-keys.ts';
import { createLocalSes } from '../../lib/runtime/local-ses/index.ts';
import { type Outbox, openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import { outboxTransport } from '../../lib/runtime/local-ses/transport.ts';
import { createSmtpTransport } from '../../lib/runtime/smtp/transport.ts';
import { startSmtp } from '../support/smtp-server.ts';

let folder: string;
let outbox: Outbox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-local-'));
  outbox = await openOutbox(join(folder, 'outbox'));
});
afterEach(() => rm(folder, { recursive: true }));

const config = await loadConfig('dispatches.config.ts');
const siteUrl = 'http://127.0.0.1:1';

describe('the keys of this machine', () => {
  test('are made once, kept, and readable by their owner only', async () => {
    const file = join(folder, 'keys.json');
    const [a, b] = await Promise.all([localKeys(file), localKeys(file)]);
    expect(a).toEqual(b);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test('that were damaged stop the start with a sentence', async () => {
    await writeFile(join(folder, 'keys.json'), '{"current":"short"}');
    await expect(localKeys(join(folder, 'keys.json'))).rejects.toMatchObject({
      advice: expect.stringMatching(/Restore it/),
    });
  });
});

test('the state of a machine is for its owner only', async () => {
  const state = join(folder, 'state');
  const transport = outboxTransport(await openOutbox(join(state, 'outbox')));
  const local = await openLocal({ config, sources: [], siteUrl, transport, folder: state });
  local.close();
  const modes = await Promise.all([state, join(state, 'outbox')].map(async (path) => (await stat(path)).mode & 0o077));
  expect(modes).toEqual([0, 0]);
});

test('a state folder that cannot be made is a sentence', async () => {
  await writeFile(join(folder, 'file'), '');
  const transport = outboxTransport(outbox);
  const opening = openLocal({ config, sources: [], siteUrl, transport, folder: join(folder, 'file/state') });
  await expect(opening).rejects.toMatchObject({ name: 'ConfigError', advice: expect.stringMatching(/--state/) });
});

test('a sender that the mail service does not know stops the sending, and nothing is lost', async () => {
  const feeds = await startSampleServer(() => new Date());
  const ses = await listen(createLocalSes({ outbox, verified: ['elsewhere.example'] }).fetch);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SESClient({ ...sesClientConfig(), endpoint: ses.url, region: 'eu-central-1', credentials });
  const parts = { config, sources: feeds.sources, folder, siteUrl, allowLoopback: true };
  const refused = await openLocal({ ...parts, transport: createSesTransport(client) });
  await ensureReader(refused, config, { email: 'reader@example.org', locale: 'en', now: new Date() });
  await refused.app.collect();
  const result = await publishNow(refused);
  expect(result[0]).toMatchObject({ sent: 0, stopped: expect.stringMatching(/not verified/) });
  refused.close();

  const mended = await openLocal({ ...parts, transport: outboxTransport(outbox) });
  await mended.app.sweep();
  expect((await mended.idle())[0]).toMatchObject({ sent: 1 });
  expect(await outbox.list()).toHaveLength(1);
  mended.close();
  client.destroy();
  await Promise.all([feeds.close(), ses.close()]);
});

test('a pace that the mail service finds too fast is slowed down within the job', async () => {
  const feeds = await startSampleServer(() => new Date());
  const answers: SendOutcome[] = [{ kind: 'throttled', scope: 'rate', reason: 'Throttling' }];
  const transport = { send: async () => answers.shift() ?? ({ kind: 'sent', messageId: 'message' } as const) };
  const local = await openLocal({ config, sources: feeds.sources, siteUrl, transport, allowLoopback: true });
  await ensureReader(local, config, { email: 'reader@example.org', locale: 'en', now: new Date() });
  await local.app.collect();
  expect(await publishNow(local)).toMatchObject([{ sent: 1, retry: false }]);
  local.close();
  await feeds.close();
});

test('a reader whose domain the relay cannot find keeps no other waiting', async () => {
  const feeds = await startSampleServer(() => new Date());
  const relay = await startSmtp(({ line }) => (line.includes('lost@') ? '450 4.1.2 Domain not found' : undefined));
  const transport = createSmtpTransport({ host: '127.0.0.1', port: relay.port }, () => undefined);
  const local = await openLocal({ config, sources: feeds.sources, siteUrl, transport, allowLoopback: true });
  for (const name of ['lost', 'one', 'two', 'three'])
    await ensureReader(local, config, { email: `${name}@example.org`, locale: 'en', now: new Date() });
  await local.app.collect();
  expect(await publishNow(local)).toMatchObject([{ sent: 3, deferred: 1 }]);
  expect(await local.app.sweep()).toMatchObject({ requeued: 1 });
  expect(await local.idle()).toMatchObject([{ sent: 0, deferred: 1 }]);
  expect(relay.mails).toHaveLength(3);
  transport.close();
  local.close();
  await Promise.all([feeds.close(), relay.close()]);
});

test('what is in the outbox is what was sent', async () => {
  const transport = outboxTransport(outbox);
  const raw = Buffer.from('From: a@b.example\r\nSubject: S\r\n\r\ntext\r\n');
  const mail = { from: 'a@b.example', to: 'c@d.example', tags: { edition: 'e' }, raw };
  const outcome = await transport.send(mail);
  const id = outcome.kind === 'sent' ? outcome.messageId : '';
  expect(await readFile(join(folder, 'outbox', `${id}.eml`))).toEqual(raw);
});

async function publishNow(local: Local) {
  await local.app.publish({ at: new Date().toISOString(), withinHours: 24 });
  return local.idle();
}
