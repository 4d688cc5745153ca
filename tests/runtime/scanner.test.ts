import PostalMime, { type Email } from 'postal-mime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../lib/config/parse.ts';
import type { Job, OutgoingMail } from '../../lib/delivery/model.ts';
import { silent } from '../../lib/log.ts';
import { type App, createApp } from '../../lib/runtime/app.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { allSubscribers } from '../../lib/subscriptions/export-list.ts';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { item, keys } from '../support/newsroom.ts';

const ADA = 'ada@example.org';
const ID = subscriberId(ADA, keys.identity);
const SITE = 'https://news.example.org';
const AGENTS = ['Mozilla/5.0', 'curl/8', 'LinkScanner/1.0 (prefetch)'];

const REPORTS = [
  'Dam at Kherson bursts after night shelling, thousands flee the valley',
  'Thousands flee as Kherson dam bursts after shelling in the night',
];

let stores: ReturnType<typeof openSqlite>;
let jobs: Job[];
let mails: OutgoingMail[];
let time: number;
let app: App;

beforeEach(() => {
  stores = openSqlite(':memory:');
  [jobs, mails, time] = [[], [], Date.parse('2026-11-23T12:00:00Z')];
  app = createApp({
    config: parseConfig({
      publication: { id: 'war', name: 'Dispatches', from: 'digest@news.example.org', contact: 'Replies are read.' },
      locales: ['en'],
      digest: { cadence: 'daily', hour: 7, zone: 'UTC' },
      breaking: { families: 2, severity: 0 },
    }),
    ...{ stores, keys, sources: [], siteUrl: SITE, log: silent, versions: { config: 'c', code: '1' } },
    queue: {
      enqueue: async (more) => {
        jobs.push(...more);
        return [];
      },
    },
    transport: { send: async (mail) => ({ kind: 'sent', messageId: `m${mails.push(mail)}` }) },
    clock: () => new Date(time),
  });
});
afterEach(() => stores.close());

const post = (path: string, fields: Record<string, string>) =>
  app.site.fetch(new Request(SITE + path, { method: 'POST', body: new URLSearchParams(fields) }));
const deliverAll = async () => {
  for (const job of jobs.splice(0)) await app.deliver(job);
};
const publish = () => app.publish({ at: new Date(time).toISOString(), withinHours: 1 });

/** Everything that is stored about readers and mails. */
async function books(): Promise<string> {
  const readers = await Array.fromAsync(allSubscribers(stores.subscribers));
  const editions = (await stores.editions.list(99)).items;
  const rows = await Promise.all(editions.map(({ id }) => stores.deliveries.page(id)));
  return JSON.stringify([readers, editions, rows, jobs]);
}

/** Addresses on our site in the headers and both parts of a mail. */
function linksOf({ headers, html = '', text = '' }: Email): readonly string[] {
  const all = `${headers.map(({ value }) => value).join(' ')} ${html.replaceAll('&amp;', '&')} ${text}`;
  return [...new Set(all.match(/https:\/\/news\.example\.org[^\s"'<>)]*/g) ?? [])];
}

test('a scanner opens every link of every kind of mail again and again, and nothing changes', async () => {
  await post('/embed?lang=en', { email: ADA });
  await deliverAll();
  const confirm = new URL(app.links.confirm(ID, 'n')).pathname;
  await post(confirm, {});
  await post(new URL(app.links.preferences(ID)).pathname, { action: 'save', wish: 'on', breaking: 'on' });
  time += 3_600_000;
  for (const [n, title] of REPORTS.entries()) {
    const at = new Date(time - (20 - n) * 60_000).toISOString();
    const told = { key: `${n}`.repeat(32), hash: `${n}`, title, summary: title, family: `f${n}`, publisher: `P${n}` };
    await stores.feeds.putItem(item(n, at, told));
  }
  await publish();
  await deliverAll();
  time = Date.parse('2026-11-24T07:05:00Z');
  await publish();
  await deliverAll();
  const parsed = await Promise.all(mails.map(({ raw }) => PostalMime.parse(raw)));
  expect(new Set(mails.map(({ tags }) => /letter-[a-z]+|breaking|daily/.exec(tags.edition ?? '')?.[0]))).toEqual(
    new Set(['letter-confirm', 'letter-welcome', 'breaking', 'daily']),
  );

  // Every mail can be left: by the mail program's button (RFC 8058) and by a link for people in both parts.
  for (const mail of parsed) {
    const header = (key: string) => mail.headers.find((each) => each.key === key)?.value ?? '';
    expect(header('list-unsubscribe')).toMatch(/^<https:\/\/news\.example\.org\/unsubscribe\/t1\.[^>]+>$/);
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    for (const part of [mail.html, mail.text]) expect(part).toContain('/unsubscribe/t1.');
  }

  const links = [...new Set([...parsed.flatMap(linksOf), SITE + confirm])];
  expect(links.length).toBeGreaterThanOrEqual(8);
  const before = await books();
  for (const [turn, link] of Array.from({ length: 10 }, () => links)
    .flat()
    .entries())
    for (const method of ['HEAD', 'GET', 'OPTIONS']) {
      const headers = { 'User-Agent': AGENTS[turn % 3] ?? '' };
      const { status } = await app.site.fetch(new Request(link, { method, headers }));
      expect(status, `${method} ${link}`).toBeLessThan(500);
    }
  expect(await books()).toBe(before);

  const leave = parsed[0]?.headers.find(({ key }) => key === 'list-unsubscribe')?.value.slice(1, -1) ?? '';
  await post(new URL(leave).pathname, { 'List-Unsubscribe': 'One-Click' });
  expect((await stores.subscribers.get(ID))?.status).toBe('unsubscribed');
});
