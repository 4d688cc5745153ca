import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SampleServer, startSampleServer } from '../../cli/sample/server.ts';
import { defineConfig } from '../../lib/config/schema.ts';
import { eventually, type Ministack, startMinistack } from '../support/ministack.ts';
import { bootstrap, deploy } from '../support/ministack-deploy.ts';
import { disturb, queued, runNow } from '../support/ministack-functions.ts';
import { disable, schedules } from '../support/ministack-services.ts';
import { deliveriesOf, editionsOf, putReaders } from '../support/ministack-table.ts';
import { reader } from '../support/newsroom.ts';
import { type SesCounter, startSesCounter } from '../support/ses-counter.ts';

const READERS = 5_000;
const REGION = 'eu-central-1';
const STAGE = 'load';
const folder = resolve(import.meta.dirname, '../../.dispatches/load');
const now = new Date();
const due = new Date(now.getTime() + 24 * 3_600_000);
const config = defineConfig({
  publication: { id: 'war', name: 'Dispatches', from: 'digest@dispatches.example', contact: 'A load test.' },
  locales: ['nl'],
  digest: { hour: now.getUTCHours(), zone: 'UTC' },
  edition: { maxStories: 3, lookbackHours: 72, sendWithinHours: 48 },
  collect: { allowLoopback: true },
  stages: { [STAGE]: { region: REGION, disposable: true } },
});

let news: SampleServer;
let ses: SesCounter;
let emulator: Ministack;

beforeAll(async () => {
  news = await startSampleServer(() => now);
  ses = await startSesCounter(1_000);
  emulator = await startMinistack(folder, REGION);
  await bootstrap(emulator, folder);
  await deploy(emulator, { folder, config, sources: news.sources, stage: STAGE });
  await disturb(emulator, 'Deliver', { AWS_ENDPOINT_URL_SES: ses.url });
});

afterAll(async () => {
  await emulator?.stop();
  await ses?.close();
  await news?.close();
});

function readers() {
  const preferences = { locale: 'nl', cadence: 'daily', zone: 'UTC', hour: now.getUTCHours() } as const;
  return Array.from({ length: READERS }, (_, n) =>
    reader(n, 'nl', { id: createHash('md5').update(`reader ${n}`).digest('hex'), preferences }),
  );
}

test(`${READERS} readers get one mail each from the deployed stack, and the books say the same`, async () => {
  const clocks = await schedules(emulator);
  for (const clock of clocks) await disable(emulator, clock);
  const [collect, publish] = ['Collect', 'Publish'].map((name) => clocks.find(({ Name }) => Name?.includes(name)));
  if (!collect || !publish) throw new Error('No schedules were deployed.');
  await putReaders(emulator, readers());
  await runNow(emulator, collect, now);
  await runNow(emulator, publish, due);
  await eventually('the last mail', async () => (ses.taken.size >= READERS ? true : undefined), 500_000);
  await eventually('an empty queue', async () => ((await queued(emulator, 'Jobs')) === 0 ? true : undefined));

  expect(ses.taken.size).toBe(READERS);
  expect([...ses.taken.values()].filter((mails) => mails !== 1)).toEqual([]);
  const rows = await deliveriesOf(emulator);
  expect(rows).toHaveLength(READERS);
  expect(rows.filter(({ status }) => status !== 'sent')).toEqual([]);
  expect(await editionsOf(emulator)).toMatchObject([{ status: 'planned', audience: READERS }]);
}, 600_000);
