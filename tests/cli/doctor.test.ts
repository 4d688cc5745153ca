import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkData } from '../../cli/doctor/data.ts';
import { checkBounceMx, checkDkim, checkDmarc, checkSpf, type Dns } from '../../cli/doctor/dns.ts';
import { examine } from '../../cli/doctor/doctor.ts';
import type { Finding } from '../../cli/doctor/finding.ts';
import { STACK_OUTPUTS } from '../../lib/config/outputs.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import type { Subscriber } from '../../lib/subscriptions/model.ts';
import { edition, feedState, message } from '../contract/samples.ts';
import { type AwsStub, NO_STACK, stackAnswer, startAws } from '../support/aws-stub.ts';
import { type Dynalite, startDynalite } from '../support/dynalite.ts';
import { reader } from '../support/newsroom.ts';
import { OWN_CONFIG } from '../support/own-config.ts';
import { type SmtpServer, startSmtp } from '../support/smtp-server.ts';
import { dispatches } from './cli.ts';

/** A DNS that holds these records: `TXT name` -> texts. */
function dnsWith(records: Readonly<Record<string, readonly string[]>>): Dns {
  const find = (type: string) => async (name: string) => records[`${type} ${name}`] ?? [];
  return { txt: find('TXT'), cname: find('CNAME'), mx: find('MX') };
}

const RIGHT = dnsWith({
  'TXT _dmarc.example.org': ['v=DMARC1; p=none'],
  'TXT mail.example.org': ['v=spf1 include:amazonses.com ~all'],
  'TXT example.org': ['v=spf1 mx ~all'],
  'MX mail.example.org': ['feedback-smtp.eu-central-1.amazonses.com.'],
  'CNAME one._domainkey.example.org': ['one.dkim.amazonses.com.'],
  'CNAME two._domainkey.example.org': ['two.dkim.amazonses.com'],
});
const EMPTY = dnsWith({});
const now = new Date('2026-11-23T08:00:00Z');

/** `check state` of each, in order. */
const states = (findings: readonly Finding[]) => findings.map(({ check, state }) => `${check} ${state}`);
const of = (findings: readonly Finding[], check: string) => findings.find((finding) => finding.check === check);

describe('the DNS of the sender', () => {
  test('is well when every record is there', async () => {
    const findings = [
      ...(await checkDmarc(RIGHT, 'example.org')),
      ...(await checkSpf(RIGHT, 'mail.example.org', 'amazonses.com')),
      ...(await checkDkim(RIGHT, 'example.org', ['one', 'two'])),
      ...(await checkBounceMx(RIGHT, 'mail.example.org', 'feedback-smtp.eu-central-1.amazonses.com')),
    ];
    expect(states(findings)).toEqual(['DMARC ok', 'SPF ok', 'DKIM records ok', 'MAIL FROM ok']);
  });

  test('gets the missing records to add, written out', async () => {
    const [dmarc, spf, dkim, mx] = [
      ...(await checkDmarc(EMPTY, 'example.org')),
      ...(await checkSpf(EMPTY, 'mail.example.org', 'amazonses.com')),
      ...(await checkDkim(EMPTY, 'example.org', ['one'])),
      ...(await checkBounceMx(EMPTY, 'mail.example.org', 'feedback-smtp.eu-central-1.amazonses.com')),
    ];
    expect(dmarc?.fix).toContain('_dmarc.example.org TXT "v=DMARC1; p=none"');
    expect(spf?.fix).toContain('mail.example.org TXT "v=spf1 include:amazonses.com ~all"');
    expect(dkim?.fix).toContain('one._domainkey.example.org CNAME one.dkim.amazonses.com');
    expect(mx?.fix).toContain('mail.example.org MX 10 feedback-smtp.eu-central-1.amazonses.com');
  });

  test('may have its DMARC policy one level up', async () => {
    expect(states(await checkDmarc(RIGHT, 'news.example.org'))).toEqual(['DMARC ok']);
  });

  test('has no SPF when it has two, and a weak one when SES is not in it', async () => {
    const two = dnsWith({ 'TXT example.org': ['v=spf1 mx ~all', 'v=spf1 a ~all', 'other'] });
    expect(states(await checkSpf(two, 'example.org'))).toEqual(['SPF failure']);
    expect(states(await checkSpf(RIGHT, 'example.org', 'amazonses.com'))).toEqual(['SPF warning']);
  });
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-doctor-'));
  await writeFile(
    join(folder, 'list.opml'),
    '<opml version="2.0"><body><outline xmlUrl="https://example.org/f"/></body></opml>',
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function configured(more: string): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.config.mjs`);
  await writeFile(file, OWN_CONFIG.replace('};\n', `${more}};\n`));
  return file;
}

describe('dispatches doctor, on this machine', () => {
  test('says what is not checked, and is content without AWS', async () => {
    const { code, out } = await dispatches([
      'doctor',
      '--config',
      await configured(''),
      '--state',
      join(folder, 'none'),
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/✓ Feed list +1 feed in list\.opml/);
    expect(out).toMatch(/! State +there is nothing in/);
    expect(out).toMatch(/- AWS +no stage was named/);
  });

  test('ends with code 1 when something is broken, also as JSON', async () => {
    const { code, out } = await dispatches(['doctor', '--json', '--config', join(folder, 'missing.ts')]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({ check: 'Configuration', state: 'failure', fix: expect.stringContaining('--config') }),
    ]);
  });

  let relay: SmtpServer;
  afterEach(() => relay?.close());

  test('greets the relay of "serve" without beginning a mail, and tells when nobody is there', async () => {
    relay = await startSmtp();
    const mail = `{ smtp: { host: '127.0.0.1', port: ${relay.port} } }`;
    const config = await configured(`  serve: { siteUrl: 'https://news.example.org', mail: ${mail} },\n`);
    const look = () => examine({ dns: RIGHT, now }, { config, state: join(folder, 'none') });
    expect(of(await look(), 'Relay')).toMatchObject({ state: 'ok' });
    await relay.close();
    expect(of(await look(), 'Relay')).toMatchObject({
      state: 'failure',
      says: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('finds what is wrong with feeds and editions', async () => {
    const state = join(folder, 'sick');
    const stores = openSqlite(join(state, 'dispatches.sqlite'));
    await stores.feeds.putState(feedState({ lastSuccess: '2026-11-22T08:00:00.000Z' }));
    await stores.subscribers.put(reader(1, 'en'), 0);
    await stores.editions.create(
      edition({ id: 'own-daily-en-20261123T0600Z', dueAt: '2026-11-23T06:00:00.000Z' }),
      message(),
    );
    stores.close();
    const findings = await examine({ dns: RIGHT, now }, { config: await configured(''), state });
    expect(of(findings, 'Feeds')).toMatchObject({ state: 'failure', says: 'no feed was read for 24 hours' });
    expect(of(findings, 'Last edition')?.says).toMatch(/^own-daily-en-20261123T0600Z: composed, but nobody/);
    expect(of(findings, 'Switch')).toMatchObject({ state: 'ok' });
  });
});

describe('an edition', () => {
  /** Readers at 7:00 in Amsterdam, which came two hours ago. */
  async function lastEdition(rows: readonly Partial<Subscriber>[]): Promise<Finding | undefined> {
    const stores = openSqlite(':memory:');
    for (const [n, row] of rows.entries()) await stores.subscribers.put(reader(n + 1, 'en', row), 0);
    const findings = await checkData(stores, now);
    stores.close();
    return of(findings, 'Last edition');
  }
  const MISSED = { state: 'warning', says: 'none since, though one was due at 2026-11-23T06:00:00.000Z' };
  const NONE = { state: 'ok', says: 'none yet, and none was due' };

  test('is missed by readers who were there at its hour', async () => {
    expect(await lastEdition([{ appointmentSince: '2026-11-23T05:59:00.000Z' }])).toMatchObject(MISSED);
    const [late, early] = ['2026-11-23T07:00:00.000Z', '2026-11-22T09:00:00.000Z'];
    expect(await lastEdition([late, early].map((appointmentSince) => ({ appointmentSince })))).toMatchObject(MISSED);
  });

  test('is not due for readers who came, moved, chose the hour, or end their pause after it', async () => {
    expect(await lastEdition([{ appointmentSince: '2026-11-23T06:01:00.000Z' }])).toMatchObject(NONE);
    expect(await lastEdition([{ status: 'paused', pausedUntil: '2026-11-23T07:00:00.000Z' }])).toMatchObject(NONE);
    expect(await lastEdition([{ status: 'paused', pausedUntil: '2026-11-24T00:00:00.000Z' }])).toMatchObject(NONE);
    const moved = { pausedUntil: '2026-11-22T00:00:00.000Z', appointmentSince: '2026-11-23T06:01:00.000Z' };
    expect(await lastEdition([{ status: 'paused', ...moved }])).toMatchObject(NONE);
    expect(await lastEdition([{ status: 'pending' }, { status: 'unsubscribed' }])).toMatchObject(NONE);
  });
});

describe('dispatches doctor, on a stage', () => {
  let aws: AwsStub;
  let database: Dynalite;
  let broken: boolean;
  let deployed: boolean;

  beforeAll(async () => {
    database = await startDynalite();
    const TableName = await database.createTable();
    const secret = { TokenKeysSecret: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:x' };
    const outputs = () => {
      const urls = STACK_OUTPUTS.map((name) => [name, `${aws.url}/123456789012/${name}`]);
      return { ...Object.fromEntries(urls), ...secret, TableName };
    };
    aws = await startAws({
      DescribeStacks: () => (deployed ? stackAnswer(outputs()) : NO_STACK),
      'GET /v2/email/account': () => ({
        body: {
          SendingEnabled: !broken,
          ProductionAccessEnabled: !broken,
          EnforcementStatus: broken ? 'SHUTDOWN' : 'HEALTHY',
          SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: broken ? 199 : 3 },
          SuppressionAttributes: { SuppressedReasons: broken ? ['BOUNCE'] : ['BOUNCE', 'COMPLAINT'] },
        },
      }),
      'GET /v2/email/identities/example.org': () => ({
        body: {
          VerifiedForSendingStatus: !broken,
          DkimAttributes: { Status: broken ? 'PENDING' : 'SUCCESS', Tokens: ['one', 'two'] },
          MailFromAttributes: { MailFromDomain: 'mail.example.org', MailFromDomainStatus: 'SUCCESS' },
        },
      }),
      'GET /schedules': () => ({ body: { Schedules: [{ Name: 'Publish', State: broken ? 'DISABLED' : 'ENABLED' }] } }),
      GetQueueAttributes: () => ({ body: { Attributes: { ApproximateNumberOfMessages: broken ? '2' : '0' } } }),
    });
    for (const [name, value] of Object.entries(aws.env)) vi.stubEnv(name, value);
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', database.endpoint);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await Promise.all([aws.close(), database.close()]);
  });

  async function look(dns: Dns, account = '123456789012'): Promise<readonly Finding[]> {
    const config = await configured(`  stages: { test: { region: 'eu-central-1', account: '${account}' } },\n`);
    return examine({ dns, now }, { config, state: folder, stage: 'test' });
  }

  test('finds nothing to mend on a stage that is well', async () => {
    [broken, deployed] = [false, true];
    const findings = await look(RIGHT);
    expect(findings.filter(({ state }) => state === 'failure').map(({ check }) => check)).toEqual(['Feeds']);
    expect(findings.filter(({ state }) => state === 'ok').map(({ check }) => check)).toEqual([
      ...['Configuration', 'Feed list', 'Credentials', 'Stack', 'Sending', 'Sandbox', 'Quota', 'Suppression'],
      ...[
        'SES identity',
        'DKIM records',
        'MAIL FROM',
        'SPF',
        'DMARC',
        'Schedules',
        'Set aside',
        'Last edition',
        'Switch',
      ],
    ]);
  });

  test('names everything that is wrong, each with what to do', async () => {
    [broken, deployed] = [true, true];
    const findings = await look(EMPTY, '999999999999');
    const wrong = findings.filter(({ state }) => state === 'failure' || state === 'warning');
    expect(states(wrong)).toEqual([
      ...['Sender warning', 'Credentials failure', 'Sending failure', 'Sandbox failure', 'Quota warning'],
      ...['Suppression warning', 'SES identity failure', 'DKIM records failure', 'MAIL FROM failure', 'SPF failure'],
      ...['DMARC failure', 'Schedules failure', 'Set aside failure', 'Feeds failure', 'Readers warning'],
    ]);
    expect(wrong.every(({ fix }) => fix)).toBe(true);
  });

  test('says that the rest needs the stack when there is none', async () => {
    deployed = false;
    expect(states(await look(RIGHT)).slice(-2)).toEqual(['Stack failure', 'AWS skipped']);
  });
});
