import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SampleServer, startSampleServer } from '../../cli/sample/server.ts';
import type { FunctionName } from '../../lib/config/env.ts';
import type { Job, OutgoingMail } from '../../lib/delivery/model.ts';
import { IDENTIFIES, TABLE_RIGHTS } from '../../lib/infra/access.ts';
import { silent } from '../../lib/log.ts';
import { type App, createApp } from '../../lib/runtime/app.ts';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { type Dynalite, loopbackClient, startDynalite } from '../support/dynalite.ts';
import { keys } from '../support/newsroom.ts';
import { config } from './synth.ts';

const SITE = 'https://news.example';
const DAY = 86_400_000;
const names = Object.keys(TABLE_RIGHTS) as FunctionName[];

let dynalite: Dynalite;
let feeds: SampleServer;
/** Readers choose 07:00 in Amsterdam (06:00Z) before it comes: what came before their choice is not mailed. */
let now = new Date('2026-11-23T05:30:00Z');
const jobs: Job[] = [];
const mails: OutgoingMail[] = [];
const asked: Record<string, Set<string>> = Object.fromEntries(names.map((name) => [name, new Set<string>()]));
const refused = new Set<string>();
let apps: Record<FunctionName, App>;

interface Input {
  readonly Key?: { readonly pk: string };
  readonly Item?: { readonly pk: string };
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, string>>;
}

/** The partition that a request names. */
function partitionOf({ Key, Item, KeyConditionExpression, ExpressionAttributeValues }: Input): string {
  const value = /(?:pk|listingPk) = (:\w+)/.exec(KeyConditionExpression ?? '')?.[1] ?? '';
  return Key?.pk ?? Item?.pk ?? ExpressionAttributeValues?.[value] ?? 'none';
}

function allows(name: FunctionName, action: string, pk: string, index: string | undefined): boolean {
  if (action === 'DescribeTable') return (IDENTIFIES as readonly FunctionName[]).includes(name);
  return TABLE_RIGHTS[name].some(
    (right) =>
      (right.actions as readonly string[]).includes(action) &&
      right.index === index &&
      right.rows.some((form) => (form.endsWith('*') ? pk.startsWith(form.slice(0, -1)) : pk === form)),
  );
}

/** The use cases as one function has them, with every request compared with the function's rights. */
function appOf(name: FunctionName, table: string): App {
  const client = loopbackClient(dynalite.endpoint);
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        const input = args.input as Input;
        const action = commandName.replace('Command', '');
        const pk = partitionOf(input);
        const what = `${action} ${pk.replace(/#.*/, '#')}${input.IndexName ? ` by ${input.IndexName}` : ''}`;
        asked[name]?.add(what);
        if (!allows(name, action, pk, input.IndexName)) refused.add(`${name}: ${what}`);
        return next(args);
      },
    { step: 'initialize', name: 'rights' },
  );
  return createApp({
    config,
    sources: feeds.sources,
    stores: dynamoStores(client, table),
    queue: {
      async enqueue(more) {
        jobs.push(...more);
        return [];
      },
    },
    transport: { send: async (mail) => ({ kind: 'sent', messageId: `message-${mails.push(mail)}` }) },
    ...{ keys, siteUrl: SITE, clock: () => now, log: silent, allowLoopback: true },
    versions: { config: 'c', code: '1' },
  });
}

async function work(): Promise<void> {
  for (let job = jobs.shift(); job; job = jobs.shift()) await apps.deliver.deliver(job);
}

const visit = (path: string, form?: Record<string, string>) =>
  apps.web.site.fetch(
    new Request(new URL(path, SITE), form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    { address: '203.0.113.9' },
  );

async function join(email: string): Promise<void> {
  const token = /name="token" value="([^"]+)"/.exec(await (await visit('/')).text())?.[1] ?? '';
  now = new Date(now.getTime() + 5_000);
  await visit('/subscribe', { email, token, locale: 'en', cadence: 'daily', hour: '7', zone: 'Europe/Amsterdam' });
  await work();
  const link = apps.web.links.confirm(subscriberId(email, keys.identity), 'n');
  await visit(link);
  expect((await visit(link, {})).status).toBe(200);
  await work();
}

async function publish(): Promise<void> {
  await apps.publish.publish({ at: now.toISOString(), withinHours: 12 });
  await apps.publish.sweep();
  await work();
}

/** What SES tells of these mails: transient bounces and complaints. */
async function complain(about: readonly OutgoingMail[]): Promise<void> {
  for (const { tags } of about) {
    const { edition = '', recipient = '', attempt = '' } = tags;
    const mail = { messageId: 'message-1', editionId: edition, subscriberId: recipient, attemptId: attempt };
    for (const type of ['send', 'bounce', 'complaint'] as const)
      await apps.feedback.feedback({ type, ...mail, at: now.toISOString() });
  }
}

const digests = () => mails.filter(({ tags }) => tags.edition?.startsWith('war-'));

async function leave(email: string): Promise<void> {
  const id = subscriberId(email, keys.identity);
  const settings = apps.web.links.preferences(id);
  for (const form of [undefined, { hour: '9', zone: 'UTC' }, { action: 'export' }]) await visit(settings, form);
  for (const form of [undefined, { action: 'leave' }, {}]) await visit(apps.web.links.unsubscribe(id), form);
  await work();
}

beforeAll(async () => {
  dynalite = await startDynalite();
  feeds = await startSampleServer(() => now);
  const table = await dynalite.createTable();
  apps = Object.fromEntries(names.map((name) => [name, appOf(name, table)])) as Record<FunctionName, App>;
});

afterAll(async () => {
  await feeds.close();
  await dynalite.close();
});

describe('through the days of three readers', () => {
  test('no function asks the table for more than it may', async () => {
    for (const _ of [1, 2]) await apps.collect.collect({ force: true });
    for (const email of ['an@example.org', 'bea@example.org', 'cyr@example.org']) await join(email);
    now = new Date('2026-11-23T06:05:00Z');
    await publish();
    expect(digests()).toHaveLength(3);
    await complain(digests().slice(0, 1));
    await leave('cyr@example.org');
    for (const path of ['/editions', '/editions/war-daily-en-20261123T0600Z']) await visit(path);
    now = new Date(now.getTime() + 3 * DAY);
    await publish();
    now = new Date(now.getTime() + 60 * DAY);
    await apps.tidy.tidy();
    await complain(mails.slice(-4));
    expect((await apps.deliver.deliver({ kind: 'edition', editionId: 'any', subscriberIds: [] })).stopped).toMatch(
      /^braked/,
    );
    expect([...refused]).toEqual([]);
    for (const name of names) expect(asked[name]?.size, name).toBeGreaterThan(2);
  }, 60_000);
});
