import { expect, test } from 'vitest';
import { deliver } from '../../../lib/delivery/deliver.ts';
import { recordGone } from '../../../lib/delivery/feedback.ts';
import type { OutgoingMail, SendOutcome } from '../../../lib/delivery/model.ts';
import { silent } from '../../../lib/log.ts';
import { openSqlite } from '../../../lib/storage/sqlite/index.ts';
import { createLinks } from '../../../lib/subscriptions/links.ts';
import { suppress } from '../../../lib/subscriptions/suppress.ts';
import { edition, message } from '../../contract/samples.ts';
import { config, keys, reader, site } from '../../support/newsroom.ts';
import { createTrace, type Fault, MODES, traced } from './effects.ts';

const readers = [1, 2, 3].map((n) => reader(n, 'en'));
const [, lost = reader(2, 'en')] = readers;
const NOW = '2026-11-23T06:05:00.000Z';
const job = { kind: 'edition', editionId: 'e1', subscriberIds: readers.map(({ id }) => id) } as const;

/** A relay knows no mailbox of the second of three readers. The queue delivers their job at most five times. */
async function mailed(faults: readonly Fault[]) {
  const stores = openSqlite(':memory:');
  for (const each of readers) await stores.subscribers.put(each, 0);
  await stores.editions.create(edition({ id: 'e1', dueAt: '2026-11-23T06:00:00.000Z' }), message());
  await stores.deliveries.plan('e1', job.subscriberIds, NOW);
  const trace = createTrace(faults, { before: async () => {}, slow: () => {} });
  const clock = () => new Date(NOW);
  let accepted = 0;
  const send = async ({ to }: OutgoingMail): Promise<SendOutcome> => {
    if (to === lost.email) return { kind: 'rejected', reason: '550 5.1.1 no such user', gone: true };
    accepted += 1;
    return { kind: 'sent', messageId: `message-${accepted}` };
  };
  const ports = {
    deliveries: traced(trace, 'deliveries', stores.deliveries),
    subscribers: traced(trace, 'subscribers', stores.subscribers),
    sending: traced(trace, 'sending', stores.sending),
  };
  const shared = { ...stores, ...ports, site, config, clock, log: silent };
  const deps = {
    ...shared,
    queue: { enqueue: async () => [] },
    transport: { send },
    links: createLinks({ siteUrl: site.url, keys, clock }),
    gone: (id: string) => recordGone({ ...shared, suppress: (who, why) => suppress(shared, who, why) }, id),
  };
  for (let receive = 0; receive < 5; receive += 1)
    if ((await trace.invoke(() => deliver(deps, job))) !== undefined) break;
  const row = await stores.deliveries.get('e1', lost.id);
  const { status } = (await stores.subscribers.get(lost.id)) ?? {};
  const tally = await stores.sending.tally('1 2026-11-23');
  stores.close();
  return { effects: trace.names, row, status, tally, accepted };
}

test('a mailbox that is not there is suppressed before its row is done, whatever effect goes wrong in whatever way', async () => {
  const { effects, ...well } = await mailed([]);
  expect(well).toMatchObject({ row: { status: 'rejected' }, status: 'suppressed', tally: { sent: 2, bounced: 1 } });
  const bad = [];
  for (const [at, effect] of effects.entries())
    for (const mode of MODES) {
      const { row, status } = await mailed([{ at, mode }]);
      // Of a process that dies in the middle the row stays open, for the sweep: the next edition asks again.
      if (row?.status !== 'sending' && status !== 'suppressed') bad.push({ effect, mode, row, status });
    }
  expect(bad).toEqual([]);
});

test('what left before a store failed is tallied, and what comes after the reader leaves with the redelivered job', async () => {
  const { effects } = await mailed([]);
  const { accepted, tally } = await mailed([{ at: effects.indexOf('subscribers.put'), mode: 'error, not done' }]);
  expect({ accepted, sent: tally.sent, bounced: tally.bounced }).toEqual({ accepted: 2, sent: 2, bounced: 1 });
});
