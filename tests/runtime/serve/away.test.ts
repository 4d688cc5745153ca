import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readStatus } from '../../../cli/status.ts';
import { parseConfig } from '../../../lib/config/parse.ts';
import { createLogger } from '../../../lib/log.ts';
import { type Local, openLocal } from '../../../lib/runtime/local.ts';
import { sayAway } from '../../../lib/runtime/serve/away.ts';
import { reader } from '../../support/newsroom.ts';

const CONFIG = parseConfig({
  publication: { id: 'war', name: 'Dispatches', from: 'digest@news.example.org', contact: 'A test.' },
  locales: ['en'],
  digest: { hour: 7, zone: 'Europe/Amsterdam' },
});
const DAY = 24 * 3_600_000;
const START = Date.parse('2026-11-18T09:00:00.000Z');

let [now, local]: [number, Local | undefined] = [START, undefined];
const clock = () => new Date(now);
/** One item a day at five in the morning, up to the clock's. */
const feed = createServer((_request, response) => {
  const items = Array.from({ length: Math.floor((now - START) / DAY) + 1 }, (_, day) => {
    const at = new Date(START - DAY / 6 + day * DAY).toUTCString();
    return `<item><guid>${day}</guid><link>https://paper.example.org/${day}</link><pubDate>${at}</pubDate>
      <title>Day ${day}: artillery shells pound the city, soldiers killed in heavy fighting at the front</title></item>`;
  });
  response.setHeader('content-type', 'application/rss+xml');
  response.end(`<rss version="2.0"><channel><title>Paper</title>${items.reverse().join('')}</channel></rss>`);
});
afterEach(async () => {
  local?.close();
  local = undefined;
  feed.closeAllConnections();
  await new Promise((done) => feed.close(done));
});

test('after five days off everything that feeds still offer is stored, the next edition leaves, and the days are named', async () => {
  await new Promise<void>((done) => feed.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(feed.address() as AddressInfo).port}/rss`;
  local = await openLocal({
    ...{ config: CONFIG, sources: [{ url }], clock, siteUrl: 'https://news.example.org', allowLoopback: true },
    transport: { send: async () => ({ kind: 'sent', messageId: 'm' }) },
  });
  const { app, stores } = local;
  await stores.subscribers.put(reader(1, 'en', { appointmentSince: '2026-11-17T09:00:00.000Z' }), 0);
  const lines: string[] = [];
  const say = () => sayAway({ stores, config: CONFIG, clock, log: createLogger((line) => lines.push(line)) });

  await say();
  await app.collect();
  await app.publish({ at: clock().toISOString(), withinHours: 12 });
  now += 10 * 60_000;
  await say();
  expect(lines).toEqual([]);

  now = START + 5 * DAY;
  await say();
  expect(lines).toHaveLength(1);
  const said = { level: 'error', message: 'was away', since: '2026-11-18T09:00:00.000Z', hours: 120 };
  expect(JSON.parse(lines[0] ?? '')).toMatchObject(said);
  expect(await app.collect()).toMatchObject({ newItems: 5 });
  await app.publish({ at: clock().toISOString(), withinHours: 12 });
  await local.idle();
  const [newest, before, ...others] = (await stores.editions.list(10)).items;
  expect([newest?.dueAt, before?.dueAt, others]).toEqual(['2026-11-23T06:00:00.000Z', '2026-11-18T06:00:00.000Z', []]);
  const { edition } = (await stores.editions.get(newest?.id ?? '')) ?? {};
  expect(edition?.considered.filter(({ why }) => why === 'too old').map(({ title }) => title.slice(0, 5))).toEqual(
    expect.arrayContaining(['Day 1', 'Day 2', 'Day 3']),
  );
  expect((await readStatus(stores, clock())).missed).toEqual(
    ['19', '20', '21', '22'].map((day) => `2026-11-${day}T06:00:00.000Z`),
  );
});

test('a restart within the hours that editions may be late is no error', async () => {
  const lines: string[] = [];
  const lastSuccess = '2026-11-18T09:00:00.000Z';
  now = START + 5 * 3_600_000;
  const feeds = {
    listStates: async () => [{ url: 'https://x.example.org', nextFetch: lastSuccess, failures: 0, lastSuccess }],
  };
  const stores = { feeds } as unknown as Local['stores'];
  await sayAway({ stores, config: CONFIG, clock, log: createLogger((line) => lines.push(line)) });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'info', message: 'was away', hours: 5 }]);
});
