import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SampleServer, startSampleServer } from '../../cli/sample/server.ts';
import { eventually, type Ministack, pause, startMinistack } from '../support/ministack.ts';
import { bootstrap, type Deployment, deploy } from '../support/ministack-deploy.ts';
import { disable, fire, type ReceivedMail, receivedMails, schedules } from '../support/ministack-services.ts';
import { visit } from '../support/ministack-site.ts';
import { rowsOf } from '../support/ministack-table.ts';

const REGION = 'eu-central-1';
const DAY = 24 * 3_600_000;
const folder = resolve(import.meta.dirname, '../../.dispatches/e2e');

const clock = new Date(Date.now() - DAY);
let news: SampleServer;
let emulator: Ministack;
let stack: Deployment;

const config = {
  publication: {
    id: 'war',
    name: 'Dispatches',
    from: 'digest@dispatches.example',
    contact: 'Dispatches, an end-to-end test.',
  },
  locales: ['nl', 'en', 'uk'] as ('nl' | 'en' | 'uk')[],
  digest: { cadence: 'daily' as const, hour: new Date().getUTCHours(), zone: 'UTC' },
  edition: { lookbackHours: 72, sendWithinHours: 48 },
  collect: { everyMinutes: 15, allowLoopback: true },
  stages: { e2e: { region: REGION, disposable: true } },
};

beforeAll(async () => {
  news = await startSampleServer(() => clock);
  emulator = await startMinistack(folder, REGION);
  await bootstrap(emulator, folder);
  stack = await deploy(emulator, { folder, config, sources: news.sources, stage: 'e2e' });
  for (const schedule of await schedules(emulator)) await disable(emulator, schedule);
});

afterAll(async () => {
  await emulator?.stop();
  await news?.close();
});

async function tick(name: 'Collect' | 'Publish', at: Date): Promise<void> {
  const schedule = (await schedules(emulator)).find(({ Name }) => Name?.includes(name));
  if (!schedule) throw new Error(`No schedule ${name} was deployed.`);
  await fire(emulator, schedule, at);
}

function mailsTo(address: string): Promise<readonly ReceivedMail[]> {
  return receivedMails(emulator).then((mails) => mails.filter(({ To }) => To.includes(address)));
}

function mailNumber(count: number, address: string): Promise<ReceivedMail> {
  return eventually(`mail ${count} to ${address}`, async () => (await mailsTo(address))[count - 1]);
}

function link(mail: ReceivedMail, path: string): string {
  const found = new RegExp(`${stack.siteUrl}/${path}/[\\w.-]+`).exec(mail.BodyText)?.[0];
  if (!found) throw new Error(`No ${path} link in: ${mail.BodyText}`);
  return found;
}

async function subscribe(email: string, locale: string): Promise<void> {
  const page = await visit(emulator, `${stack.siteUrl}/`);
  const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  await pause(2_100); // the form takes nobody for human who is faster than two seconds
  const form = { email, locale, token, cadence: 'daily', hour: String(config.digest.hour), zone: 'UTC', website: '' };
  const answer = await visit(emulator, `${stack.siteUrl}/subscribe`, { form });
  expect(answer.status).toBe(200);
}

describe('the deployed stack', () => {
  test('collects the feeds when its schedule fires', async () => {
    await tick('Collect', new Date());
    const items = await eventually('items', async () => {
      const rows = await rowsOf(emulator, 'ITEMS#');
      return rows.length > 50 ? rows : undefined;
    });
    expect(items.length).toBeGreaterThan(50);
  });

  test('takes a reader in only after the link in the letter was confirmed by a button', async () => {
    for (const [email, locale] of [
      ['an@example.org', 'nl'],
      ['bea@example.org', 'en'],
      ['cyr@example.org', 'uk'],
    ] as const) {
      await subscribe(email, locale);
      const confirm = link(await mailNumber(1, email), 'confirm');
      await visit(emulator, confirm);
      expect(await statusOf(email)).toBe('pending');
      expect((await visit(emulator, confirm, { form: {} })).status).toBe(200);
      expect(await statusOf(email)).toBe('active');
    }
  });

  test('mails everybody who is due the digest once, however often the schedule fires', async () => {
    await tick('Publish', clock);
    for (const email of ['an@example.org', 'bea@example.org', 'cyr@example.org']) await mailNumber(3, email);
    await tick('Publish', clock);
    await pause(15_000);
    for (const email of ['an@example.org', 'bea@example.org', 'cyr@example.org'])
      expect((await mailsTo(email)).map(({ Subject }) => Subject)).toHaveLength(3);
  });
});

async function statusOf(email: string): Promise<string | undefined> {
  const rows = await rowsOf(emulator, 'READERS#');
  const reader = rows.map(({ data }) => data as { email: string; status: string }).find((one) => one.email === email);
  return reader?.status;
}
