import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureReader } from '../../cli/readers.ts';
import { type SampleServer, startSampleServer } from '../../cli/sample/server.ts';
import { loadConfig } from '../../lib/config/load.ts';
import { writeOpml } from '../../lib/feeds/opml.ts';
import { openLocal } from '../../lib/runtime/local.ts';
import { lockFolder } from '../../lib/runtime/lock.ts';
import { reader } from '../support/newsroom.ts';
import { OWN_CONFIG } from '../support/own-config.ts';
import { startSmtp } from '../support/smtp-server.ts';
import { dispatches } from './cli.ts';

let folder: string;
let news: SampleServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-own-'));
  news = await startSampleServer(() => new Date());
  await writeFile(join(folder, 'own.config.ts'), OWN_CONFIG);
  await writeFile(join(folder, 'list.opml'), writeOpml(news.sources));
});

afterEach(async () => {
  await news.close();
  await rm(folder, { recursive: true });
});

const run = (...more: string[]) =>
  dispatches(['run', '--config', join(folder, 'own.config.ts'), '--state', join(folder, 'state'), ...more]);

async function addReader(): Promise<void> {
  const { local, config } = await open();
  await ensureReader(local, config, { email: 'reader@example.org', locale: 'en', now: new Date() });
  local.close();
}

async function open() {
  const config = await loadConfig(join(folder, 'own.config.ts'));
  const transport = { send: async () => ({ kind: 'stopped', reason: 'not used' }) as const };
  const local = await openLocal({
    config,
    sources: [],
    folder: join(folder, 'state'),
    transport,
    siteUrl: 'http://x.example',
  });
  return { local, config };
}

describe('dispatches run, for the publication of this machine', () => {
  test('says that nobody is due when there is no reader', async () => {
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toMatch(/Feeds +14 read, 1 failed/);
    expect(out).toContain('there is no reader whose hour has come');
  });

  test('mails each reader into the outbox, once', async () => {
    await addReader();
    const [first, second] = [await run(), await run()];
    expect(first.out).toMatch(/Mails +1 sent/);
    expect(second.out).toContain('nothing is sent twice');
    const names = await readdir(join(folder, 'state/outbox'));
    expect(names.filter((name) => name.endsWith('.eml'))).toHaveLength(1);
  });

  test('says why a reader who came in after the hour has no mail yet', async () => {
    const { local } = await open();
    await local.stores.subscribers.put(reader(1, 'en', { appointmentSince: new Date().toISOString() }), 0);
    local.close();
    expect((await run()).out).toContain('1 reader left, paused or chose this hour after it had come');
  });

  test('keeps the deadlines for what is stored about readers, but not ahead of their time', async () => {
    const waiting = reader(1, 'en', { status: 'pending' });
    const { local } = await open();
    const asked = { ...waiting.consent, requestedAt: new Date().toISOString() };
    await local.stores.subscribers.put({ ...waiting, consent: asked }, 0);
    await local.stores.subscribers.put(reader(2, 'en', { status: 'pending' }), 0);
    await run('--now', '2040-01-01');
    const before = await local.stores.subscribers.list();
    await run();
    const after = await local.stores.subscribers.list();
    local.close();
    expect([before, after].map(({ items }) => items.length)).toEqual([2, 1]);
  });

  test('sends nothing when no feed can be read, and says why of each', async () => {
    await addReader();
    await news.close();
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/None of the feeds could be read:[\s\S]*de-morgenkoerier: [\s\S]*Nothing was mailed/);
  });

  test('with a mail service it asks first, with the count, then mails through that, once', async () => {
    await addReader();
    const relay = await startSmtp();
    const mail = `{ smtp: { host: '127.0.0.1', port: ${relay.port} } }`;
    const serve = `  serve: { siteUrl: 'https://n.example.org', mail: ${mail} },\n};\n`;
    await writeFile(join(folder, 'own.config.ts'), OWN_CONFIG.replace('};\n', serve));
    expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was done') });
    expect(await run('--outbox', 'x')).toMatchObject({
      code: 1,
      err: expect.stringContaining('would count as mailed'),
    });
    expect((await run('--yes')).out).toMatch(/Mails +1 sent\n +By +127\.0\.0\.1/);
    await run('--yes');
    await relay.close();
    expect(relay.mails.map(({ to }) => to)).toEqual(['reader@example.org']);
  });

  test('leaves a state alone that another process works on', async () => {
    const lock = lockFolder(join(folder, 'state'));
    const { code, err } = await run();
    lock.release();
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Another dispatches is at work') });
    expect((await run()).code).toBe(0);
  });

  test.each([
    ['is missing', undefined, /There is no feed list .*list\.opml.*Correct "feeds"/],
    ['is empty', '<opml version="2.0"><body/></opml>', /lists no feeds.*outline/],
    ['is something else', 'hello', /no feed list.*OPML/],
  ])('stops when the feed list %s', async (_how, content, message) => {
    await rm(join(folder, 'list.opml'));
    if (content !== undefined) await writeFile(join(folder, 'list.opml'), content);
    const { code, err } = await run();
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });
});
