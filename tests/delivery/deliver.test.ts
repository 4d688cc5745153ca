import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeliverDeps, deliver } from '../../lib/delivery/deliver.ts';
import type { Job, OutgoingMail, SendOutcome } from '../../lib/delivery/model.ts';
import { publish } from '../../lib/delivery/publish.ts';
import { editionReport } from '../../lib/delivery/report.ts';
import { InputError } from '../../lib/errors.ts';
import { silent } from '../../lib/log.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import type { Subscriber } from '../../lib/subscriptions/model.ts';
import { config, item, keys, pickAll, reader, site } from '../support/newsroom.ts';

const at = '2026-11-23T06:05:00.000Z';
const editionId = 'war-daily-nl-20261123T0600Z';
const readers = [1, 2, 3, 4, 5].map((n) => reader(n, 'nl'));
const [first = reader(1, 'nl'), second = reader(2, 'nl')] = readers;

let stores: ReturnType<typeof openSqlite>;
let jobs: Job[];
/** How long the queue was asked to wait with each job. */
let delays: number[];
let sent: OutgoingMail[];
let now: string;
/** What SES answers, in order; then it accepts. */
let answers: SendOutcome[];
let deps: DeliverDeps;

beforeEach(async () => {
  stores = openSqlite(':memory:');
  [jobs, delays, sent, answers, now] = [[], [], [], [], at];
  const clock = () => new Date(now);
  const enqueue = async (more: readonly Job[], delay = 0) => {
    delays.push(delay);
    jobs.push(...more);
    return [];
  };
  const send = async (mail: OutgoingMail): Promise<SendOutcome> => {
    sent.push(mail);
    return answers.shift() ?? { kind: 'sent', messageId: `message-${sent.length}` };
  };
  const shared = { ...stores, site, config, clock, log: silent };
  deps = { ...shared, queue: { enqueue }, transport: { send }, links: createLinks({ siteUrl: site.url, keys, clock }) };
  await stores.feeds.putItem(item(1, '2026-11-23T04:00:00.000Z'));
  for (const each of readers) await stores.subscribers.put(each, 0);
  const versions = { config: 'c', code: '1' };
  await publish({ ...shared, queue: { enqueue }, sources: [], selector: pickAll, versions }, { at, withinHours: 3 });
});
afterEach(() => stores.close());

const job = (): Job => jobs[0] ?? { kind: 'edition', editionId, subscriberIds: [] };
/** The rest of a job, with which the queue was asked to wait so many seconds. */
function postponed(seconds: number): Job {
  expect(delays.at(-1)).toBe(seconds);
  return jobs.at(-1) ?? job();
}
const row = (id: string, edition = editionId) => stores.deliveries.get(edition, id);
const become = (who: Subscriber, change: Partial<Subscriber>) =>
  stores.subscribers.put({ ...who, ...change, version: 2 }, 1);
const throttled: SendOutcome = { kind: 'throttled', scope: 'rate', reason: 'Throttling' };
const unclear: SendOutcome = { kind: 'uncertain', reason: 'TimeoutError' };

describe('an edition', () => {
  test('reaches every reader once, with links of their own and tags that hold no address', async () => {
    expect(await deliver(deps, job())).toMatchObject({ sent: 5, retry: false });
    expect(sent.map(({ to }) => to).sort()).toEqual(readers.map(({ email }) => email).sort());
    const mail = await PostalMime.parse(sent[0]?.raw ?? '');
    const ours = await row(first.id);
    expect(sent[0]?.tags).toEqual({ edition: editionId, recipient: first.id, attempt: ours?.attemptId });
    expect(mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe(
      `<${deps.links.unsubscribe(first.id)}>`,
    );
    expect(mail.headers.find(({ key }) => key === 'list-id')?.value).toContain('<war.dispatches.example>');
    expect(mail.html).toContain(deps.links.unsubscribe(first.id));
    expect(JSON.stringify(sent.map(({ tags }) => tags))).not.toContain('@');
    expect(ours).toMatchObject({ status: 'sent', messageId: 'message-1' });
  });

  test('is sent once though the same job is worked on five times at once and again later', async () => {
    await Promise.all(Array.from({ length: 5 }, () => deliver(deps, job())));
    expect(await deliver(deps, job())).toMatchObject({ sent: 0, skipped: 5 });
    expect(sent).toHaveLength(5);
  });

  test.each<[string, Partial<Subscriber>]>([
    ['unsubscribed', { status: 'unsubscribed' }],
    ['suppressed', { status: 'suppressed', reason: 'bounce' }],
    ['paused', { status: 'paused', pausedUntil: '2026-12-01T00:00:00.000Z' }],
    ['pending', { status: 'pending' }],
  ])('does not reach a reader who is %s by now', async (status, change) => {
    await become(first, change);
    expect(await deliver(deps, job())).toMatchObject({ sent: 4, suppressed: 1 });
    expect(await row(first.id)).toMatchObject({ status: 'suppressed', reason: status });
    expect(sent.map(({ to }) => to)).not.toContain(first.email);
  });

  test('does not reach a reader who was erased', async () => {
    await stores.subscribers.remove(first.id);
    expect(await deliver(deps, job())).toMatchObject({ sent: 4, suppressed: 1 });
    expect(await row(first.id)).toMatchObject({ status: 'suppressed', reason: 'erased' });
  });

  test('reaches a reader whose pause is over', async () => {
    await become(first, { status: 'paused', pausedUntil: '2026-11-22T00:00:00.000Z' });
    expect(await deliver(deps, job())).toMatchObject({ sent: 5 });
  });

  test('is read and encoded once, though its jobs take turns with those of seven others', async () => {
    const record = await stores.editions.get(editionId);
    if (!record) throw new Error('no edition');
    const others = Array.from({ length: 7 }, (_, n) => `war-daily-nl-20261123T1${n}00Z`);
    const reads: string[] = [];
    const get = async (id: string) => {
      reads.push(id);
      return { ...record, edition: { ...record.edition, id } };
    };
    const editions = { get };
    for (const id of [...others, editionId, ...others, editionId])
      await deliver({ ...deps, editions }, { kind: 'edition', editionId: id, subscriberIds: [first.id] });
    expect(reads).toEqual([...others, editionId]);
  });

  test('stays unsent once its time is over', async () => {
    now = '2026-11-23T10:00:00.001Z';
    expect(await deliver(deps, job())).toMatchObject({ sent: 0, expired: 5, retry: false });
    expect(sent).toEqual([]);
    expect((await row(first.id))?.status).toBe('expired');
  });

  test('stays unsent when its time was over while a reader waited for the turn', async () => {
    now = '2026-11-23T09:59:59.000Z';
    const turn = async () => {
      if (sent.length === 1) now = '2026-11-23T10:00:00.001Z';
      return 'now' as const;
    };
    expect(await deliver({ ...deps, pace: { turn } }, job())).toMatchObject({ sent: 1, expired: 4 });
    expect(sent).toHaveLength(1);
  });

  test('stays unsent when its time was over while SES was too slow', async () => {
    now = '2026-11-23T09:59:59.000Z';
    answers = [throttled];
    const pause = async () => {
      now = '2026-11-23T10:00:00.001Z';
    };
    expect(await deliver({ ...deps, pause }, job())).toMatchObject({ sent: 0, expired: 5 });
    expect(sent).toHaveLength(1);
  });

  test('goes on where it was slowed down', async () => {
    answers = [{ kind: 'sent', messageId: 'm' }, throttled];
    expect(await deliver(deps, job())).toMatchObject({ sent: 1, postponed: 4, retry: false });
    expect(await row(second.id)).toMatchObject({ status: 'planned', reason: 'Throttling' });
    expect(await deliver(deps, postponed(60))).toMatchObject({ sent: 4, skipped: 0, retry: false });
  });

  test('slows down within the job when it may wait', async () => {
    answers = [throttled, throttled, { kind: 'sent', messageId: 'm' }, throttled];
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
    };
    expect(await deliver({ ...deps, pause }, job())).toMatchObject({ sent: 5, retry: false });
    expect(pauses).toEqual([1000, 2000, 1000]);
    expect((await row(first.id))?.status).toBe('sent');
  });

  test('goes to the back of the queue as a new job when slowing down does not help: no receive is used up', async () => {
    answers = Array.from({ length: 6 }, () => throttled);
    expect(await deliver({ ...deps, pause: async () => {} }, job())).toMatchObject({
      sent: 0,
      postponed: 5,
      retry: false,
    });
    expect(sent).toHaveLength(6);
    expect(postponed(60)).toEqual(job());
  });

  test.each<[string, SendOutcome]>([
    ['the day quota is used up', { kind: 'throttled', scope: 'day', reason: 'Daily message quota exceeded' }],
    ['SES is paused', { kind: 'stopped', reason: 'AccountSendingPausedException' }],
  ])('leaves the rest planned when %s, without asking again at once', async (_name, answer) => {
    answers = [answer];
    const { reason } = answer as { reason: string };
    expect(await deliver(deps, job())).toMatchObject({ sent: 0, retry: false, stopped: reason });
    expect(sent).toHaveLength(1);
    expect((await row(second.id))?.status).toBe('planned');
  });

  test('is left to its redelivery when the queue does not take the rest', async () => {
    answers = [throttled];
    const queue = { enqueue: async (jobs: readonly Job[]) => jobs };
    expect(await deliver({ ...deps, queue }, job())).toMatchObject({ sent: 0, postponed: 0, retry: true });
  });

  test('passes over a reader whose mailbox has to wait, and comes back to it', async () => {
    answers = [{ kind: 'throttled', scope: 'reader', reason: '450 4.1.2 Domain not found' }];
    const pause = () => Promise.reject(new Error('nobody waits'));
    expect(await deliver({ ...deps, pause }, job())).toMatchObject({
      sent: 4,
      deferred: 1,
      postponed: 0,
      retry: false,
    });
    expect(await row(first.id)).toMatchObject({ status: 'planned', reason: '450 4.1.2 Domain not found' });
    expect(await deliver(deps, job())).toMatchObject({ sent: 1, skipped: 4 });
  });

  test('passes over a message that is refused', async () => {
    answers = [{ kind: 'rejected', reason: 'MessageRejected' }];
    expect(await deliver(deps, job())).toMatchObject({ sent: 4, rejected: 1 });
    expect(await row(first.id)).toMatchObject({ status: 'rejected', reason: 'MessageRejected' });
  });

  test('is never sent again to somebody of whom nobody knows', async () => {
    answers = [unclear];
    expect(await deliver(deps, job())).toMatchObject({ sent: 4, uncertain: 1 });
    for (now of ['2026-11-23T07:00:00.000Z', '2026-11-24T07:00:00.000Z', '2026-12-23T07:00:00.000Z'])
      await deliver(deps, job());
    expect(sent.filter(({ to }) => to === first.email)).toHaveLength(1);
    expect((await row(first.id))?.status).toBe('uncertain');
  });

  test('stops the page after three unclear answers in a row', async () => {
    answers = [unclear, unclear, unclear];
    expect(await deliver(deps, job())).toMatchObject({ uncertain: 3, postponed: 2, retry: false });
    expect(sent).toHaveLength(3);
    expect(await deliver(deps, postponed(300))).toMatchObject({ sent: 2, skipped: 0 });
  });

  test('starts no send when the invocation is nearly over', async () => {
    let left = 2;
    const hasTime = () => left-- > 0;
    expect(await deliver({ ...deps, hasTime }, job())).toMatchObject({ sent: 2, postponed: 3, retry: false });
  });

  test('gives a row back when the reader cannot be read', async () => {
    const subscribers = { get: () => Promise.reject(new Error('store down')) };
    await expect(deliver({ ...deps, subscribers }, job())).rejects.toThrow('store down');
    expect((await row(first.id))?.status).toBe('planned');
    expect(sent).toEqual([]);
  });

  test('that cannot be built uses nobody up, and goes out once the cause is gone', async () => {
    const links = createLinks({ siteUrl: 'javascript:nothing', keys, clock: deps.clock });
    for (let n = 0; n < 3; n += 1)
      await expect(deliver({ ...deps, links }, job())).rejects.toThrow('not a plain http(s) URL');
    const rows = await Promise.all(readers.map(({ id }) => row(id)));
    expect(rows.map((each) => each?.status)).toEqual(readers.map(() => 'planned'));
    expect(rows[0]?.reason).toBe('the mail could not be built');
    expect(sent).toEqual([]);
    expect(await deliver(deps, job())).toMatchObject({ sent: 5, retry: false });
  });

  test('to an address that SES cannot take is refused without asking', async () => {
    await become(first, { email: 'two@example.org, more@example.org' });
    expect(await deliver(deps, job())).toMatchObject({ sent: 4, rejected: 1 });
    expect(sent).toHaveLength(4);
  });

  test('that is not there is left to the queue', async () => {
    await expect(deliver(deps, { kind: 'edition', editionId: 'war-daily-nl-x', subscriberIds: [] })).rejects.toThrow(
      InputError,
    );
  });

  test('has books that balance', async () => {
    answers = [{ kind: 'rejected', reason: 'x' }, unclear];
    await become(readers[4] ?? first, { status: 'unsubscribed' });
    await deliver(deps, job());
    const report = await editionReport(deps, editionId);
    expect(report).toMatchObject({ audience: 5, balanced: true, status: 'planned' });
    expect(report.counts).toMatchObject({ sent: 2, rejected: 1, uncertain: 1, suppressed: 1, planned: 0 });
    await expect(editionReport(deps, 'none')).rejects.toThrow(InputError);
  });
});

describe('a letter', () => {
  const confirm: Job = { kind: 'letter', letter: 'confirm', subscriberId: first.id, nonce: 'n-1_a' };
  const ledger = 'letter-confirm-n-1_a';
  beforeEach(() => become(first, { status: 'pending' }));

  test('carries its link, the language of the reader and a way out', async () => {
    expect(await deliver(deps, confirm)).toMatchObject({ sent: 1, retry: false });
    const mail = await PostalMime.parse(sent[0]?.raw ?? '');
    expect(mail.html).toContain(deps.links.confirm(first.id, 'n-1_a'));
    expect(mail.text).toContain(deps.links.confirm(first.id, 'n-1_a'));
    const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
    expect(header('content-language')).toBe('nl');
    expect(header('list-unsubscribe')).toBe(`<${deps.links.unsubscribe(first.id)}>`);
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  test('is one letter however often its job comes', async () => {
    await Promise.all([deliver(deps, confirm), deliver(deps, confirm)]);
    expect(await deliver(deps, confirm)).toMatchObject({ skipped: 1, retry: false });
    expect(sent).toHaveLength(1);
  });

  test('is sent a second time after an unclear answer, and never a third', async () => {
    answers = [unclear, unclear, unclear];
    expect(await deliver(deps, confirm)).toMatchObject({ uncertain: 1, postponed: 1, retry: false });
    expect(await deliver(deps, confirm)).toMatchObject({ uncertain: 1, retry: false });
    expect(await deliver(deps, confirm)).toMatchObject({ skipped: 1, retry: false });
    expect(sent).toHaveLength(2);
  });

  test('left in the middle of a send is taken up again when that send must be over', async () => {
    await stores.deliveries.plan(ledger, [first.id], now);
    await stores.deliveries.claim(ledger, first.id, 'w-dead', now);
    expect(await deliver(deps, confirm)).toMatchObject({ skipped: 1, postponed: 1, retry: false });
    now = '2026-11-23T06:08:00.000Z';
    expect(await deliver(deps, confirm)).toMatchObject({ sent: 1, retry: false });
  });

  test.each<['confirm' | 'welcome' | 'goodbye', Subscriber['status'], boolean]>([
    ['confirm', 'pending', true],
    ['confirm', 'active', false],
    ['confirm', 'unsubscribed', false],
    ['confirm', 'suppressed', false],
    ['welcome', 'active', true],
    ['welcome', 'paused', true],
    ['welcome', 'unsubscribed', false],
    ['welcome', 'suppressed', false],
    ['goodbye', 'unsubscribed', true],
    ['goodbye', 'active', false],
    ['goodbye', 'suppressed', false],
  ])('%s to a reader who is %s: %s', async (letter, status, leaves) => {
    await become(second, { status });
    await deliver(deps, { kind: 'letter', letter, subscriberId: second.id, nonce: 'n2' });
    expect(sent).toHaveLength(leaves ? 1 : 0);
  });

  test('slows down when SES finds us too fast, and is sent in the same job', async () => {
    answers = [throttled, throttled];
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
    };
    expect(await deliver({ ...deps, pause }, confirm)).toMatchObject({ sent: 1, retry: false });
    expect(pauses).toEqual([1000, 2000]);
  });

  test('goes back to the queue unsent when the invocation is nearly over', async () => {
    expect(await deliver({ ...deps, hasTime: () => false }, confirm)).toMatchObject({
      sent: 0,
      postponed: 1,
      retry: false,
    });
    expect(sent).toEqual([]);
    expect(await deliver(deps, confirm)).toMatchObject({ sent: 1, retry: false });
  });

  test('that cannot be built stays to be sent', async () => {
    const site = { ...deps.site, url: 'javascript:nothing' };
    const links = createLinks({ siteUrl: site.url, keys, clock: deps.clock });
    for (let n = 0; n < 3; n += 1) await expect(deliver({ ...deps, site, links }, confirm)).rejects.toThrow();
    expect(await row(first.id, ledger)).toMatchObject({ status: 'planned', reason: 'the mail could not be built' });
    expect(await deliver(deps, confirm)).toMatchObject({ sent: 1, retry: false });
    expect(sent).toHaveLength(1);
  });

  test('waits when SES is too busy', async () => {
    answers = [throttled];
    expect(await deliver(deps, confirm)).toMatchObject({ sent: 0, postponed: 1, retry: false });
    expect(await deliver(deps, confirm)).toMatchObject({ sent: 1, retry: false });
  });
});
