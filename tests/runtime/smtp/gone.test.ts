import { afterEach, expect, test } from 'vitest';
import { parseConfig } from '../../../lib/config/parse.ts';
import { type Local, openLocal } from '../../../lib/runtime/local.ts';
import { createSmtpTransport } from '../../../lib/runtime/smtp/transport.ts';
import { edition, message } from '../../contract/samples.ts';
import { reader } from '../../support/newsroom.ts';
import { type SmtpServer, startSmtp } from '../../support/smtp-server.ts';

const NOW = '2026-11-23T06:05:00.000Z';
const DUE = '2026-11-23T06:00:00.000Z';

let relay: SmtpServer;
let local: Local;
afterEach(async () => {
  local.close();
  await relay.close();
});

/** An edition for that many readers, through a relay that says this of each. */
async function mailed(count: number, reply: string) {
  relay = await startSmtp(({ line }) => (line.startsWith('RCPT') ? reply : undefined));
  local = await openLocal({
    config: parseConfig({
      publication: { id: 'war', name: 'Dispatches', from: 'digest@news.example.org', contact: 'A test.' },
      locales: ['en'],
      digest: { hour: 7, zone: 'Europe/Amsterdam' },
    }),
    sources: [],
    transport: createSmtpTransport({ host: '127.0.0.1', port: relay.port }, () => undefined),
    siteUrl: 'https://news.example.org',
    clock: () => new Date(NOW),
  });
  const { editions, subscribers, deliveries } = local.stores;
  const readers = Array.from({ length: count }, (_, n) => reader(n + 1, 'en'));
  const [row] = readers;
  if (!row) throw new Error('Nobody is mailed.');
  for (const one of readers) await subscribers.put(one, 0);
  const digest = edition({ id: 'e1', dueAt: DUE, sendBy: '2026-11-23T18:00:00.000Z' });
  await editions.create(digest, message());
  const subscriberIds = readers.map(({ id }) => id);
  await deliveries.plan('e1', subscriberIds, NOW);
  await editions.advance('e1', 'composed', 'planned', count);
  const result = await local.app.deliver({ kind: 'edition', editionId: 'e1', subscriberIds });
  return { result, row: await subscribers.get(row.id), delivery: await deliveries.get('e1', row.id) };
}
const bounced = async () => (await local.stores.sending.tally('1 2026-11-23')).bounced;

test('a reader whose mailbox is not there gets no more mail, as after a permanent bounce by SES', async () => {
  const { result, row, delivery } = await mailed(1, '550 5.1.1 no such user');
  expect(result).toMatchObject({ rejected: 1, sent: 0 });
  expect(row).toMatchObject({ status: 'suppressed', reason: 'bounce' });
  expect(delivery).toMatchObject({ status: 'rejected', reason: expect.stringContaining('5.1.1') });
  expect(await bounced()).toBe(1);
});

test.each(['550 5.7.1 blocked by policy', '550 5.2.1 mailbox disabled', '550 mailbox unavailable'])(
  'a reader refused with "%s" stays a reader',
  async (reply) => {
    const { result, row } = await mailed(1, reply);
    expect(result).toMatchObject({ rejected: 1 });
    expect(row?.status).toBe('active');
    expect(await bounced()).toBe(0);
  },
);

test('a list of mailboxes that are not there pulls the brake', async () => {
  await mailed(12, '550 5.1.1 no such user');
  expect(await local.stores.sending.get()).toMatchObject({ state: 'braked' });
});

test('the brake that a job pulls stops that job: of fifty readers ten are lost, and the others wait', async () => {
  const { result } = await mailed(50, '550 5.1.1 no such user');
  expect(result).toMatchObject({ rejected: 10, stopped: expect.stringMatching('^braked: 10 of 0 mails bounced') });
  expect((await local.stores.deliveries.page('e1')).items.filter(({ status }) => status === 'planned')).toHaveLength(
    40,
  );
  expect(await bounced()).toBe(10);
});
