import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SampleServer, startSampleServer } from '../../cli/sample/server.ts';
import { defineConfig } from '../../lib/config/schema.ts';
import type { Delivery } from '../../lib/delivery/model.ts';
import { texts } from '../../lib/rendering/texts.ts';
import type { Subscriber } from '../../lib/subscriptions/model.ts';
import { eventually, type Ministack, pause, startMinistack } from '../support/ministack.ts';
import {
  bootstrap,
  type Deployment,
  deploy,
  destroy,
  diff,
  isDeployed,
  operate,
  unprotect,
} from '../support/ministack-deploy.ts';
import { disturb, environmentOf, hurry, poison, queued, redrive, runNow } from '../support/ministack-functions.ts';
import {
  disable,
  fire,
  publishMailEvent,
  type ReceivedMail,
  receivedMails,
  type Schedule,
  schedules,
  secretsOf,
} from '../support/ministack-services.ts';
import { visit } from '../support/ministack-site.ts';
import {
  deliveriesOf,
  forgetFeeds,
  putItems,
  putReader,
  readerOf,
  rowsIn,
  rowsOf,
} from '../support/ministack-table.ts';
import { item, reader } from '../support/newsroom.ts';

const DAY = 24 * 3_600_000;
const REGION = 'eu-central-1';
const STAGE = 'e2e';
const folder = resolve(import.meta.dirname, '../../.dispatches/e2e');
const READERS = { 'an@example.org': 'nl', 'bea@example.org': 'en', 'cyr@example.org': 'uk' } as const;
const [AN, BEA, CYR, DAN] = ['an@example.org', 'bea@example.org', 'cyr@example.org', 'dan@example.org'] as const;

const now = new Date();
/** The hours of the clock that are not ours. */
const night = { from: (now.getUTCHours() + 12) % 24, to: (now.getUTCHours() + 13) % 24 };
/** Readers confirm today at this hour, so the first appointment that counts is tomorrow's. */
const firstDue = new Date(now.getTime() + DAY);
const secondDue = new Date(firstDue.getTime() + DAY);
const config = defineConfig({
  publication: { id: 'war', name: 'Dispatches', from: 'digest@dispatches.example', contact: 'An end-to-end test.' },
  locales: ['nl', 'en', 'uk'],
  digest: { cadence: 'daily', hour: now.getUTCHours(), zone: 'UTC' },
  edition: { lookbackHours: 120, sendWithinHours: 48 },
  breaking: { families: 3, withinMinutes: 15, severity: 0.5, quietHours: night },
  collect: { allowLoopback: true },
  stages: { [STAGE]: { region: REGION, operator: 'operator@dispatches.example' } },
});

const daily = { locale: 'en', cadence: 'daily', zone: 'UTC', hour: now.getUTCHours() } as const;
const ALERTED = reader(2, 'en', { preferences: { ...daily, breaking: true } });
const CHOOSY = reader(3, 'en', { preferences: { ...daily, filter: { conflicts: ['ukraine'], maxStories: 3 } } });

/** Three houses report one event, each in its own words; the sample's own news is hours old. */
const ALARM = [
  'Missiles hit the harbour of Hodeida in Yemen: at least 40 killed, two tankers burn',
  'Dozens dead as missile strike sets tankers ablaze in port of Hodeida',
  'Hodeida: 40 dead after missile attack on Yemeni harbour, ships on fire',
];

/** The news of yesterday first, then today's. */
let today = new Date(now.getTime() - DAY);
let news: SampleServer;
let emulator: Ministack;
let stack: Deployment;
let clocks: { collect: Schedule; publish: Schedule; tidy: Schedule };

beforeAll(async () => {
  news = await startSampleServer(() => today);
  emulator = await startMinistack(folder, REGION);
  await bootstrap(emulator, folder);
  stack = await deploy(emulator, { folder, config, sources: news.sources, stage: STAGE });
  const all = await schedules(emulator);
  for (const schedule of all) await disable(emulator, schedule);
  const named = (name: string) => all.find(({ Name }) => Name?.includes(name)) ?? missing(name);
  clocks = { collect: named('Collect'), publish: named('Publish'), tidy: named('Tidy') };
});

afterAll(async () => {
  await emulator?.stop();
  await news?.close();
});

function missing(name: string): never {
  throw new Error(`No schedule ${name} was deployed.`);
}

async function mailsTo(address: string): Promise<readonly ReceivedMail[]> {
  return (await receivedMails(emulator)).filter(({ To }) => To.includes(address));
}

async function digestsTo(address: string): Promise<readonly ReceivedMail[]> {
  return (await mailsTo(address)).filter(({ BodyText }) => BodyText.includes(news.url));
}

function newest(mails: readonly ReceivedMail[], count: number): ReceivedMail | undefined {
  return mails.length >= count ? mails.at(-1) : undefined;
}

function link(mail: ReceivedMail, path: string): string {
  const found = mail.BodyText.match(new RegExp(`${stack.outputs.SiteUrl}/${path}/[\\w.-]+`));
  return found?.[0] ?? missing(`link to ${path} in "${mail.Subject}"`);
}

async function askFor(email: string, locale: string): Promise<void> {
  const page = await visit(emulator, `${stack.outputs.SiteUrl}/`);
  const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  await pause(2_100); // the form takes nobody for human who is faster than two seconds
  const form = { email, locale, token, cadence: 'daily', hour: String(now.getUTCHours()), zone: 'UTC', website: '' };
  expect((await visit(emulator, `${stack.outputs.SiteUrl}/subscribe`, { form })).status).toBe(200);
}

/** The second digest of a stack that has sent the first. */
async function nextDay(): Promise<void> {
  const before = (await rowsOf(emulator, 'ITEMS#')).length;
  today = now;
  await forgetFeeds(emulator);
  await runNow(emulator, clocks.collect, now);
  expect((await rowsOf(emulator, 'ITEMS#')).length).toBeGreaterThan(before);
  await runNow(emulator, clocks.publish, secondDue);
}

describe.sequential('the stack, deployed with the CDK CLI', () => {
  test('says what to do next, and deploying the same again would change nothing', async () => {
    expect(stack.log).toContain(`The reader site: ${stack.outputs.SiteUrl}`);
    expect(await diff(emulator, { folder, stage: STAGE })).toContain('There were no differences');
  });

  test('collects the feeds when the schedule fires', async () => {
    await fire(emulator, clocks.collect, today);
    const healthy = await eventually('feeds read', async () => {
      const states = (await rowsOf(emulator, 'FEEDS')).map(({ data }) => data as { lastSuccess?: string });
      return states.length === news.sources.length ? states.filter(({ lastSuccess }) => lastSuccess) : undefined;
    });
    expect(healthy.length).toBeGreaterThanOrEqual(news.sources.length - 2);
    expect((await rowsOf(emulator, 'ITEMS#')).length).toBeGreaterThan(50);
  });

  test('takes in a reader when the button behind the link in the letter is pressed, not when the link is opened', async () => {
    for (const [email, locale] of Object.entries(READERS)) {
      await askFor(email, locale);
      const letter = await eventually(`letter to ${email}`, async () => newest(await mailsTo(email), 1));
      expect((await visit(emulator, link(letter, 'confirm'))).status).toBe(200);
      expect((await readerOf(emulator, email))?.status).toBe('pending');
      expect((await visit(emulator, link(letter, 'confirm'), { form: {} })).status).toBe(200);
      expect(await readerOf(emulator, email)).toMatchObject({ status: 'active', preferences: { locale } });
    }
  });

  test('mails every reader the digest, in their language, when the schedule fires', async () => {
    await fire(emulator, clocks.publish, firstDue);
    for (const email of Object.keys(READERS)) {
      const digest = await eventually(`digest to ${email}`, async () => newest(await digestsTo(email), 1));
      expect(digest.Source).toContain('digest@dispatches.example');
      expect(digest.BodyHtml).toContain(`${news.url}/articles/`);
      expect(digest.BodyHtml).toContain(`${stack.outputs.SiteUrl}/editions/`);
    }
    const sent = await eventually('ledger', async () => {
      const rows = await deliveriesOf(emulator);
      return rows.every(({ status }) => status === 'sent') ? rows : undefined;
    });
    expect(sent.map(({ editionId }) => editionId.split('-')[2]).sort()).toEqual(['en', 'nl', 'uk']);
  });

  test("tells its operator's commands what was read and mailed, and heeds them", async () => {
    const say = (...args: string[]) => operate(emulator, { folder, stage: STAGE }, args);
    expect(await say('status')).toMatch(/Readers +3 active[\s\S]*mails: 1 sent/);
    expect(await say('feeds', 'list')).toContain('read 20');
    expect(await say('logs', '--function', 'collect')).toContain('feed not read');
    expect(await say('subscribers', 'list')).toContain(`${BEA} `);
    const [row] = await deliveriesOf(emulator);
    expect(await say('edition', 'replay', row?.editionId ?? '')).toContain('byte for byte');
    await say('pause', '--reason', 'a look');
    expect(await say('status')).toContain('paused (a look)');
    await say('resume', '--yes');
    expect(await say('status')).toContain('may leave');
  });

  test('mails nobody twice when the same time comes again', async () => {
    const before = (await receivedMails(emulator)).length;
    await runNow(emulator, clocks.publish, firstDue);
    await eventually('an empty queue', async () => ((await queued(emulator, 'Jobs')) === 0 ? true : undefined));
    expect((await receivedMails(emulator)).length).toBe(before);
  });

  test('suppresses a reader whose address bounced', async () => {
    const reader = await readerOf(emulator, CYR);
    const row = (await deliveriesOf(emulator)).find(({ subscriberId }) => subscriberId === reader?.id);
    const { CONFIGURATION_SET = '' } = await environmentOf(emulator, 'Feedback');
    await publishMailEvent(emulator, {
      eventType: 'Bounce',
      mail: {
        messageId: row?.messageId,
        timestamp: now.toISOString(),
        tags: {
          edition: [row?.editionId],
          recipient: [row?.subscriberId],
          attempt: [row?.attemptId],
          'ses:configuration-set': [CONFIGURATION_SET],
        },
      },
      bounce: { bounceType: 'Permanent', timestamp: now.toISOString() },
    });
    const after = await eventually('suppression', async () => {
      const found = await readerOf(emulator, CYR);
      return found?.status === 'suppressed' ? found : undefined;
    });
    expect(after.reason).toBe('bounce');
  });

  test('lets a reader go at one click, as mail programs send it, and not at a look', async () => {
    const [digest = missing('digest')] = await digestsTo(AN);
    await visit(emulator, link(digest, 'unsubscribe'));
    expect((await readerOf(emulator, AN))?.status).toBe('active');
    const form = { 'List-Unsubscribe': 'One-Click' };
    expect((await visit(emulator, link(digest, 'unsubscribe'), { form })).status).toBe(200);
    expect(await readerOf(emulator, AN)).toMatchObject({ status: 'unsubscribed', reason: 'one-click' });
  });

  test('forgets a request that nobody confirmed, and no reader, when the daily schedule fires', async () => {
    const before = (await rowsOf(emulator, 'READERS#')).length;
    await putReader(emulator, reader(1, 'nl', { status: 'pending' }));
    await fire(emulator, clocks.tidy, now);
    await eventually('one row less', async () =>
      (await rowsOf(emulator, 'READERS#')).length === before ? true : undefined,
    );
    expect((await readerOf(emulator, BEA))?.status).toBe('active');
    expect(await readerOf(emulator, reader(1, 'nl').email)).toBeUndefined();
  });

  test('mails the next digest only to those who are left', async () => {
    await putReader(emulator, ALERTED);
    await putReader(emulator, CHOOSY);
    const reported = new Date().toISOString();
    const report = (title: string, n: number) => item(n, reported, { title, summary: title, family: `house-${n}` });
    await putItems(emulator, ALARM.map(report));
    await nextDay();
    await eventually('second digest', async () => newest(await digestsTo(BEA), 2));
    await eventually('an empty queue', async () => ((await queued(emulator, 'Jobs')) === 0 ? true : undefined));
    expect(await digestsTo(BEA)).toHaveLength(2);
    expect(await digestsTo(AN)).toHaveLength(1);
    expect(await digestsTo(CYR)).toHaveLength(1);
  });

  test('alerts who asked for it, marks that story in digests, and makes an edition of its own for a wish', async () => {
    const { chosen, story } = texts('en');
    const sent = await eventually('the ledger', async () => {
      const rows = (await deliveriesOf(emulator)).filter(({ status }) => status === 'sent');
      const to = ({ id }: Subscriber) => rows.filter((row) => row.subscriberId === id).map((row) => row.editionId);
      return to(ALERTED).length >= 2 && to(CHOOSY).length >= 1 ? [to(ALERTED).sort(), to(CHOOSY)] : undefined;
    });
    const edition = (name: string) => expect.stringMatching(new RegExp(`^war-${name}-`));
    expect(sent).toEqual([[edition('breaking-en'), edition('daily-en')], [edition('daily-en_[0-9a-f]{12}')]]);

    const [digest = missing('digest')] = await digestsTo(ALERTED.email);
    const [own = missing('wish')] = await digestsTo(CHOOSY.email);
    const mails = await mailsTo(ALERTED.email);
    const alert = mails.find(({ BodyText }) => !BodyText.includes(news.url)) ?? missing('alert');
    expect(mails).toHaveLength(2);
    expect(alert.BodyText).toContain('Hodeida');
    expect(digest.BodyText).toContain('Hodeida');
    expect(digest.BodyText.replaceAll(/\s+/g, ' ')).toContain(story.alerted);
    expect(own.BodyText).toContain(chosen);
    expect(own.BodyText).not.toContain('Hodeida');
    const archive = await visit(emulator, `${stack.outputs.SiteUrl}/editions?lang=en&of=all`);
    expect(archive.body).toContain('/editions/war-daily-en-');
    expect(archive.body).not.toContain('en_');
  });

  test('sets a poisoned message aside and goes on', async () => {
    const { JobsQueueUrl } = stack.outputs;
    await hurry(emulator, JobsQueueUrl);
    await poison(emulator, JobsQueueUrl, 'no job at all');
    await eventually('a dead letter', async () => ((await queued(emulator, 'JobsDead')) === 1 ? true : undefined));
    expect(await queued(emulator, 'Jobs')).toBe(0);
  });

  test('sends what was set aside through a fault, once the fault is mended and the dead letters are given back', async () => {
    const { LettersQueueUrl, LettersDeadUrl } = stack.outputs;
    await hurry(emulator, LettersQueueUrl);
    const { TABLE = '' } = await disturb(emulator, 'Deliver', { TABLE: 'not-there' });
    await askFor(DAN, 'nl');
    await eventually('a dead letter', async () => ((await queued(emulator, 'LettersDead')) === 1 ? true : undefined));
    expect(await mailsTo(DAN)).toEqual([]);
    await disturb(emulator, 'Deliver', { TABLE });
    expect(await redrive(emulator, LettersDeadUrl, LettersQueueUrl)).toBe(1);
    const letter = await eventually(`letter to ${DAN}`, async () => newest(await mailsTo(DAN), 1));
    expect((await visit(emulator, link(letter, 'confirm'), { form: {} })).status).toBe(200);
    await eventually('the welcome', async () => newest(await mailsTo(DAN), 2));
  });

  test('keeps readers, items and ledger when another version is deployed', async () => {
    const kinds = ['READERS#', 'ITEMS#', 'LEDGER#', 'EDITION#'];
    const rows = () => Promise.all(kinds.map((kind) => rowsOf(emulator, kind)));
    await eventually('rest', async () =>
      (await rowsOf(emulator, 'LEDGER#')).every(({ data }) => (data as Delivery | undefined)?.status !== 'sending')
        ? true
        : undefined,
    );
    const before = await rows();
    const publication = { ...config.publication, name: 'Dispatches again' };
    stack = await deploy(emulator, { folder, config: { ...config, publication }, sources: news.sources, stage: STAGE });
    expect(await rows()).toEqual(before);
    expect(before.every(({ length }) => length > 0)).toBe(true);
    expect((await visit(emulator, `${stack.outputs.SiteUrl}/`)).body).toContain('Dispatches again');
  });

  test('is not destroyed by mistake; who means it keeps the table and the keys', async () => {
    const readers = await rowsOf(emulator, 'READERS#');
    await expect(destroy(emulator, { folder, stage: STAGE })).rejects.toThrow(/TerminationProtection/);
    expect(await isDeployed(emulator, STAGE)).toBe(true);
    await unprotect(emulator, STAGE);
    await destroy(emulator, { folder, stage: STAGE });
    expect(await isDeployed(emulator, STAGE)).toBe(false);
    expect(await rowsIn(emulator, stack.outputs.TableName, 'READERS#')).toEqual(readers);
    const kept = (await secretsOf(emulator)).join();
    for (const name of [stack.outputs.TokenKeysSecret, stack.outputs.IdentityKeySecret]) expect(kept).toContain(name);
  });
});
