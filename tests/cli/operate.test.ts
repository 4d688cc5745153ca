import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STACK_OUTPUTS } from '../../lib/config/outputs.ts';
import { localLog } from '../../lib/runtime/local-log.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { edition, message } from '../contract/samples.ts';
import { type AwsStub, stackAnswer, startAws } from '../support/aws-stub.ts';
import { reader } from '../support/newsroom.ts';
import { OWN_CONFIG } from '../support/own-config.ts';
import { type SmtpServer, startSmtp } from '../support/smtp-server.ts';
import { dispatches } from './cli.ts';

const ID = 'own-daily-en-20261123T0600Z';
const soon = new Date(Date.now() + 3_600_000).toISOString();
const past = new Date(Date.now() - 3_600_000).toISOString();

let folder: string;
let state: string;
let config: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-operate-'));
  state = join(folder, 'state');
  config = join(folder, 'own.config.mjs');
  await writeFile(config, OWN_CONFIG.replace('};\n', "  stages: { test: { region: 'eu-central-1' } },\n};\n"));
  const stores = openSqlite(join(state, 'dispatches.sqlite'));
  for (const n of [1, 2, 3]) await stores.subscribers.put(reader(n, 'en'), 0);
  await stores.editions.create(edition({ id: ID, dueAt: past, sendBy: soon }), message());
  await stores.editions.advance(ID, 'composed', 'planned', 3);
  const ids = [1, 2, 3].map((n) => reader(n, 'en').id);
  await stores.deliveries.plan(ID, ids, past);
  for (const [index, to] of (['sent', 'rejected', 'uncertain'] as const).entries()) {
    const subscriberId = ids[index] ?? '';
    await stores.deliveries.claim(ID, subscriberId, `a${index}`, past);
    await stores.deliveries.settle({ editionId: ID, subscriberId, from: ['sending'], to, now: past });
  }
  stores.close();
});
afterAll(() => rm(folder, { recursive: true }));

const here = (...args: string[]) => dispatches([...args, '--state', state, '--config', config]);

describe('by hand, on this machine', () => {
  test('status tells what is stuck, what is due and what was never made', async () => {
    const { out } = await here('status');
    expect(out).toMatch(/Missed +\d editions of seven days due \S+Z to \S+Z: no edition was made then\n/);
    expect(out).toMatch(new RegExp(`${ID} planned; mails: .*1 rejected`));
    expect(out).toContain('stuck: 1 of which nobody knows whether they left');
    expect(out).toMatch(/Due +\d{4}-.*daily, 7:00 Europe\/Amsterdam/);
  });

  test('pause holds all mail back, status and doctor say so, resume asks and lets it go', async () => {
    expect((await here('pause', '--reason', 'wrong headline')).code).toBe(0);
    expect((await here('status')).out).toMatch(/Mail +paused \(wrong headline\) since/);
    expect((await here('doctor')).out).toMatch(/✗ Switch +mail is held back: paused \(wrong headline\)/);
    expect(await here('resume')).toMatchObject({
      code: 1,
      err: 'Let mail leave? It is paused; 0 mails wait.\nerror: Nothing was done. Answer yes, or add --yes.\n',
    });
    expect((await here('resume', '--yes')).out).toBe('Mail may leave.\n');
    expect((await here('status')).out).toMatch(/Mail +may leave/);
  });

  test('send --test mails the newest edition, marked, to one address, and asks first', async () => {
    expect(await here('send', '--test', 'me@example.org')).toMatchObject({ code: 1 });
    const { code, out } = await here('send', '--test', 'me@example.org', '--yes');
    expect(code).toBe(0);
    expect(out).toMatch(/^Sent "\[Test\] .*" \(own-daily-en-20261123T0600Z\) into /);
    const names = (await readdir(join(state, 'outbox'))).filter((name) => name.endsWith('.eml'));
    expect(names).toHaveLength(1);
    expect(await readFile(join(state, 'outbox', names[0] ?? ''), 'utf8')).toMatch(/^To: .*me@example\.org/m);
    expect((await here('edition', 'report', ID)).out).toContain('1 sent');
  });

  test('send --test leaves through the relay of "serve"', async () => {
    const relay: SmtpServer = await startSmtp();
    const mail = `{ smtp: { host: '127.0.0.1', port: ${relay.port} } }`;
    const own = join(folder, 'relay.config.mjs');
    await writeFile(
      own,
      OWN_CONFIG.replace('};\n', `  serve: { siteUrl: 'https://n.example.org', mail: ${mail} },\n};\n`),
    );
    const { out } = await dispatches(['send', '--test', 'me@example.org', '--yes', '--state', state, '--config', own]);
    await relay.close();
    expect(out).toContain('through 127.0.0.1.');
    expect(relay.mails.map(({ to }) => to)).toEqual(['me@example.org']);
    expect(relay.mails[0]?.raw).toContain('https://n.example.org/');
  });

  test('edition resend-failed counts and asks, then plans again those whom it did not reach, once', async () => {
    expect(await here('edition', 'resend-failed', ID)).toMatchObject({ code: 1 });
    expect((await here('edition', 'resend-failed', ID, '--yes')).out).toMatch(/^1 mail planned again/);
    expect((await here('edition', 'resend-failed', ID, '--yes')).out).toBe('There is nobody to send it to again.\n');
    const unsure = await here('edition', 'resend-failed', ID, '--uncertain', '--yes', '--json');
    expect(JSON.parse(unsure.out)).toEqual({ rejected: 0, uncertain: 1 });
    const { out } = await here('edition', 'report', ID, '--json');
    expect(JSON.parse(out).counts).toMatchObject({ sent: 1, planned: 2 });
  });

  test('logs shows the newest lines, by level and time, for people and programs', async () => {
    const log = localLog(state);
    log.info('edition', { id: ID });
    log.error('sending stopped', { reason: 'to me@example.org: no' });
    const [all, errors, later] = await Promise.all([
      here('logs'),
      here('logs', '--level', 'error', '--json'),
      here('logs', '--since', '2099-01-01'),
    ]);
    expect(all.out).toMatch(
      /info +edition id=own-daily-en-20261123T0600Z\n.*error sending stopped reason="to \[address\]: no"\n$/,
    );
    expect(
      errors.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).message),
    ).toEqual(['sending stopped']);
    expect(later).toMatchObject({ code: 0, out: '' });
  });
});

describe('by hand, on a stage', () => {
  let aws: AwsStub;
  beforeAll(async () => {
    const url = (name: string) => (name.endsWith('Url') ? `${aws.url}/123456789012/${name}` : name);
    const line = (fields: object) => ({
      timestamp: Date.parse('2026-11-23T06:00:01Z'),
      message: JSON.stringify(fields),
    });
    aws = await startAws({
      DescribeStacks: () => stackAnswer(Object.fromEntries(STACK_OUTPUTS.map((name) => [name, url(name)]))),
      FilterLogEvents: ({ logGroupName }: { logGroupName: string }) => ({
        body: {
          events:
            logGroupName === 'DeliverLogGroup'
              ? [
                  line({ level: 'info', message: 'delivered', sent: 3 }),
                  { timestamp: 1, message: 'START RequestId: x' },
                ]
              : [],
        },
      }),
      GetQueueAttributes: ({ QueueUrl }: { QueueUrl: string }) => ({
        body: {
          Attributes: {
            ApproximateNumberOfMessages: QueueUrl.endsWith('JobsDeadUrl') ? '2' : '0',
            QueueArn: `arn:${QueueUrl.split('/').at(-1)}`,
          },
        },
      }),
      StartMessageMoveTask: () => ({ body: { TaskHandle: 'x' } }),
    });
  });
  afterAll(() => aws.close());

  const there = (...args: string[]) =>
    dispatches([...args, '--stage', 'test', '--config', config], { env: { ...aws.env } });

  test("logs reads what the functions wrote, without the platform's lines", async () => {
    const { out } = await there('logs', '--json', '--since', '2026-11-23');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { time: '2026-11-23T06:00:01.000Z', function: 'deliver', level: 'info', message: 'delivered', sent: 3 },
    ]);
    expect((await there('logs', '--function', 'colect')).err).toMatch(/no function "colect".*collect, publish/);
  });

  test('redrive says what is set aside, asks, and sends back only that', async () => {
    expect(await there('redrive')).toMatchObject({ code: 1 });
    const { out } = await there('redrive', '--yes');
    expect(out).toBe('2 messages on their way back.\n');
    const moved = aws.asked.filter(({ action }) => action === 'StartMessageMoveTask').map(({ body }) => body);
    expect(moved).toEqual([{ SourceArn: 'arn:JobsDeadUrl' }]);
  });
});
