import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SampleServer, startSampleServer } from '../../cli/sample/server.ts';
import { defineConfig } from '../../lib/config/schema.ts';
import type { Delivery, Job } from '../../lib/delivery/model.ts';
import { killCaller } from '../support/kill-caller.ts';
import { eventually, type Ministack, startMinistack } from '../support/ministack.ts';
import { bootstrap, deploy } from '../support/ministack-deploy.ts';
import { disturb, environmentOf, hurry, poison, queued, runNow } from '../support/ministack-functions.ts';
import { disable, publishMailEvent, type Schedule, schedules } from '../support/ministack-services.ts';
import { deliveriesOf, putReaders } from '../support/ministack-table.ts';
import { reader } from '../support/newsroom.ts';
import { accepts, answers, type Misbehaviour, refuses, resets, sesServer } from '../support/ses-server.ts';

const REGION = 'eu-central-1';
const STAGE = 'redelivery';
const READERS = 12;
const folder = resolve(import.meta.dirname, '../../.dispatches/redelivery');
const now = new Date();
const due = new Date(now.getTime() + 24 * 3_600_000);
const config = defineConfig({
  publication: { id: 'war', name: 'Dispatches', from: 'digest@dispatches.example', contact: 'An end-to-end test.' },
  locales: ['nl'],
  digest: { hour: now.getUTCHours(), zone: 'UTC' },
  edition: { maxStories: 3, lookbackHours: 72, sendWithinHours: 48 },
  collect: { allowLoopback: true },
  stages: { [STAGE]: { region: REGION, disposable: true } },
});

const address = (n: number) => reader(n, 'nl').email;
const UNCLEAR = [address(2), address(5), address(8)];
/** Ends the function that asks, as a crash does: no `finally`, no answer to the queue. */
const killsCaller: Misbehaviour = (request) => killCaller(request.socket);

/** What SES does with the first mail to these readers, after (or instead of) taking it. */
const faults = new Map<string, { readonly takes: boolean; readonly says: Misbehaviour }>([
  [address(2), { takes: true, says: refuses(500, 'InternalFailure', 'taken all the same') }],
  [address(5), { takes: true, says: resets }],
  [address(8), { takes: true, says: killsCaller }],
  [address(10), { takes: false, says: refuses(400, 'Throttling', 'Maximum sending rate exceeded.') }],
]);
const QUOTA =
  '<GetSendQuotaResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><GetSendQuotaResult><Max24HourSend>50000</Max24HourSend><MaxSendRate>14</MaxSendRate><SentLast24Hours>0</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>';

/** Mails that SES took, by recipient. */
const taken = new Map<string, number>();
let news: SampleServer;
let ses: Awaited<ReturnType<typeof sesServer>>;
let emulator: Ministack;
let publish: Schedule;

/** A SES that takes mail and then fails to say so, each time in another way. */
const behave: Misbehaviour = (request, response, body) => {
  const form = new URLSearchParams(body);
  if (form.get('Action') === 'GetSendQuota') return answers(200, QUOTA)(request, response, body);
  const to = form.get('Destinations.member.1') ?? '';
  const fault = faults.get(to);
  faults.delete(to);
  if (fault?.takes !== false) taken.set(to, (taken.get(to) ?? 0) + 1);
  return (fault?.says ?? accepts)(request, response, body);
};

beforeAll(async () => {
  news = await startSampleServer(() => now);
  ses = await sesServer(behave);
  emulator = await startMinistack(folder, REGION);
  await bootstrap(emulator, folder);
  await deploy(emulator, { folder, config, sources: news.sources, stage: STAGE });
  await disturb(emulator, 'Deliver', { AWS_ENDPOINT_URL_SES: ses.endpoint });
  const clocks = await schedules(emulator);
  for (const clock of clocks) await disable(emulator, clock);
  const named = (name: string) => clocks.find(({ Name }) => Name?.includes(name)) ?? missing(name);
  publish = named('Publish');
  const preferences = { locale: 'nl', cadence: 'daily', zone: 'UTC', hour: now.getUTCHours() } as const;
  await putReaders(
    emulator,
    Array.from({ length: READERS }, (_, n) => reader(n + 1, 'nl', { preferences })),
  );
  await runNow(emulator, named('Collect'), now);
});

afterAll(async () => {
  await emulator?.stop();
  await ses?.[Symbol.asyncDispose]();
  await news?.close();
});

function missing(name: string): never {
  throw new Error(`No schedule ${name} was deployed.`);
}

async function eventOf({ editionId, subscriberId, attemptId, messageId = 'unknown' }: Delivery) {
  const { CONFIGURATION_SET = '' } = await environmentOf(emulator, 'Feedback');
  const tags = { edition: [editionId], recipient: [subscriberId], attempt: [attemptId] };
  const mail = { messageId, timestamp: new Date().toISOString() };
  await publishMailEvent(emulator, {
    eventType: 'Send',
    mail: { ...mail, tags: { ...tags, 'ses:configuration-set': [CONFIGURATION_SET] } },
    send: {},
  });
}

const counts = () => Array.from({ length: READERS }, (_, n) => taken.get(address(n + 1)) ?? 0);
const statusOf = (rows: readonly Delivery[], n: number) =>
  rows.find(({ subscriberId }) => subscriberId === reader(n, 'nl').id)?.status;

test('SES takes mails and does not say so, a function dies in the middle, jobs come again: everybody gets one', async () => {
  const { JOBS_QUEUE_URL = '' } = await environmentOf(emulator, 'Publish');
  await hurry(emulator, JOBS_QUEUE_URL);
  await runNow(emulator, publish, due);
  await eventually('a mail to everybody', async () => (taken.size === READERS ? true : undefined), 200_000);
  await eventually('an empty queue', async () => ((await queued(emulator, 'Jobs')) === 0 ? true : undefined), 120_000);
  expect(counts()).toEqual(Array.from({ length: READERS }, () => 1));
  const rows = await deliveriesOf(emulator);
  expect([2, 5].map((n) => statusOf(rows, n))).toEqual(['uncertain', 'uncertain']);
  expect(['sending', 'uncertain']).toContain(statusOf(rows, 8));
  expect(rows.filter(({ status }) => status === 'sent')).toHaveLength(READERS - UNCLEAR.length);

  const editionId = rows[0]?.editionId ?? '';
  const job: Job = { kind: 'edition', editionId, subscriberIds: rows.map(({ subscriberId }) => subscriberId) };
  for (let copy = 0; copy < 3; copy += 1) await poison(emulator, JOBS_QUEUE_URL, JSON.stringify(job));
  await runNow(emulator, publish, due);
  await eventually('an empty queue', async () => ((await queued(emulator, 'Jobs')) === 0 ? true : undefined), 120_000);
  expect(counts()).toEqual(Array.from({ length: READERS }, () => 1));

  for (const row of rows) for (const _ of [1, 2]) await eventOf(row);
  const settled = await eventually('the ledger', async () => {
    const after = await deliveriesOf(emulator);
    return after.every(({ status }) => status === 'sent') ? after : undefined;
  });
  expect(settled).toHaveLength(READERS);
  expect(counts()).toEqual(Array.from({ length: READERS }, () => 1));
});
