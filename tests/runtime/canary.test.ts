import { expect, test } from 'vitest';
import { parseConfig } from '../../lib/config/parse.ts';
import type { Job, SendOutcome } from '../../lib/delivery/model.ts';
import { createLogger } from '../../lib/log.ts';
import { createApp } from '../../lib/runtime/app.ts';
import { cleanErrors } from '../../lib/runtime/aws/clean-errors.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { item, keys } from '../support/newsroom.ts';

const CANARY = 'zz-canary+pii@example.org';
const ID = subscriberId(CANARY, keys.identity);
const SITE = 'https://news.example.org';
const TOKEN = 't1.0123abcd.u.0123456789abcdef0123456789abcdef...0123456789abcdef0123456789abcdef';
const LEAK = `refused for ${CANARY}: ${SITE}/unsubscribe/${TOKEN} in "To: <${CANARY}>"`;

const config = parseConfig({
  publication: { id: 'war', name: 'Dispatches', from: 'digest@news.example.org', contact: 'Replies are read.' },
  locales: ['en'],
  digest: { cadence: 'daily', hour: 7, zone: 'UTC' },
  breaking: { families: 2 },
});

/** Lets the call with number `at` of all parts together fail, with all that must not be seen in its message. */
function faults(at: number) {
  let calls = 0;
  const wrap = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          calls += 1;
          if (calls === at) throw new Error(LEAK, { cause: new Error(LEAK) });
          return Reflect.apply(value, target, args);
        };
      },
    });
  return {
    wrap,
    get calls() {
      return calls;
    },
  };
}

/** One reader's whole life, on parts of which one call fails; gives everything that others than the reader could see. */
async function life(at: number, outcome: SendOutcome) {
  const { close, ...stores } = openSqlite(':memory:');
  const fault = faults(at);
  const [seen, jobs, time]: [string[], Job[], { now: number }] = [[], [], { now: Date.parse('2026-11-23T06:30:00Z') }];
  const mails: string[] = [];
  const parts = Object.entries(stores).map(([name, part]) => [name, fault.wrap(part)]);
  const app = cleanErrors(
    createApp({
      config,
      sources: [],
      stores: Object.fromEntries(parts),
      queue: fault.wrap({
        enqueue: async (more: readonly Job[]) => {
          jobs.push(...more);
          seen.push(JSON.stringify(more));
          return [];
        },
      }),
      transport: {
        send: async (mail) => {
          mails.push(mail.to);
          return outcome;
        },
      },
      keys,
      siteUrl: SITE,
      clock: () => new Date(time.now),
      log: createLogger((line) => seen.push(line)),
      versions: { config: 'c', code: '1' },
    }),
  );
  /** What the platform would log of an error that leaves a handler. */
  const step = async (work: () => Promise<unknown>) => {
    try {
      const result = await work();
      if (!(result instanceof Response)) seen.push(JSON.stringify(result) ?? '');
    } catch (error) {
      const { name, message, stack, cause } = error as Error;
      seen.push(`${name} ${message} ${stack} ${String(cause)}`);
    }
  };
  const post = (path: string, fields: Record<string, string>) =>
    step(() => app.site.fetch(new Request(SITE + path, { method: 'POST', body: new URLSearchParams(fields) })));
  const deliverAll = async () => {
    for (const job of jobs.splice(0)) await step(() => app.deliver(job));
  };
  const path = (link: string) => new URL(link).pathname;

  await stores.feeds.putItem(item(1, '2026-11-23T06:00:00.000Z'));
  await post('/embed', { email: CANARY });
  await deliverAll();
  await post(path(app.links.confirm(ID, 'n')), {});
  await post(path(app.links.preferences(ID)), { action: 'save', wish: 'on', breaking: 'on', maxStories: '5' });
  await deliverAll();
  time.now += 25 * 3_600_000;
  await step(() => app.publish({ at: new Date(time.now).toISOString(), withinHours: 24 }));
  await deliverAll();
  await step(() => app.sweep());
  for (const { id } of (await stores.editions.list(9)).items)
    for (const { subscriberId: reader, attemptId = '' } of (await stores.deliveries.page(id)).items) {
      const about = { messageId: 'm', at: new Date(time.now).toISOString(), editionId: id, attemptId };
      await step(() => app.feedback({ ...about, type: 'bounce', permanent: true, subscriberId: reader }));
    }
  await post(path(app.links.preferences(ID)), { action: 'save', email: `new.${CANARY}` });
  await post(path(app.links.unsubscribe(ID)), { action: 'leave' });
  await deliverAll();
  time.now += 40 * 24 * 3_600_000;
  await step(() => app.tidy());
  close();
  return { seen, mails, calls: fault.calls };
}

const OUTCOMES: readonly SendOutcome[] = [
  { kind: 'sent', messageId: 'm' },
  { kind: 'stopped', reason: 'MessageRejected: not verified' },
];

test('whichever call of whichever part fails, no log, job, result or error shows an address, a token or a mail', async () => {
  let runs = 0;
  let size = 0;
  for (const outcome of OUTCOMES) {
    const whole = await life(0, outcome);
    expect(whole.mails).toContain(CANARY);
    // All at once: an answer of the site waits for its pace.
    const lives = await Promise.all(Array.from({ length: whole.calls }, (_, index) => life(index + 1, outcome)));
    for (const { seen } of lives)
      expect(seen.filter((text) => /zz-canary|t1\.[0-9a-f]{8}|To: <z|Subject:/i.test(text))).toEqual([]);
    runs += lives.length;
    size += lives.flatMap(({ seen }) => seen).join('').length;
  }
  expect(runs).toBeGreaterThan(100);
  expect(size).toBeGreaterThan(100_000);
});
