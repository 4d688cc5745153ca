import { describe, expect, test } from 'vitest';
import { deliver } from '../../../lib/delivery/deliver.ts';
import type { Job } from '../../../lib/delivery/model.ts';
import { silent } from '../../../lib/log.ts';
import { openSqlite } from '../../../lib/storage/sqlite/index.ts';
import { createLinks } from '../../../lib/subscriptions/links.ts';
import { config, keys, reader, site } from '../../support/newsroom.ts';
import { createTrace, type Fault, MODES, traced } from './effects.ts';

const who = reader(1, 'nl', { status: 'pending' });
const job: Job = { kind: 'letter', letter: 'confirm', subscriberId: who.id, nonce: 'n1' };

/** The queue delivers the job, or what it was postponed as, until it is done with: at most ten times, a minute apart. */
async function post(faults: readonly Fault[]): Promise<{ accepted: number; effects: readonly string[] }> {
  const stores = openSqlite(':memory:');
  await stores.subscribers.put(who, 0);
  let now = Date.parse('2026-11-23T06:00:00.000Z');
  let accepted = 0;
  let postponed = false;
  const trace = createTrace(faults, { before: async () => {}, slow: () => {} });
  const clock = () => new Date(now);
  const ses = {
    send: async () => {
      accepted += 1;
      return { kind: 'sent', messageId: `message-${accepted}` } as const;
    },
  };
  const deps = {
    editions: stores.editions,
    deliveries: traced(trace, 'deliveries', stores.deliveries),
    subscribers: traced(trace, 'subscribers', stores.subscribers),
    sending: traced(trace, 'sending', stores.sending),
    queue: {
      enqueue: async () => {
        postponed = true;
        return [];
      },
    },
    transport: traced(trace, 'ses', ses, {
      send: () => ({
        throttled: () => ({ kind: 'throttled', scope: 'rate', reason: 'by plan' }),
        unclear: () => ({ kind: 'uncertain', reason: 'by plan' }),
      }),
    }),
    ...{ links: createLinks({ siteUrl: site.url, keys, clock }), site, config, clock, log: silent },
  };
  for (let receive = 0; receive < 10; receive += 1, now += 60_000) {
    postponed = false;
    const result = await trace.invoke(() => deliver(deps, job));
    if (result && !result.retry && !postponed) break;
  }
  stores.close();
  return { accepted, effects: trace.names };
}

describe('a confirmation letter, whatever effect goes wrong in whatever way,', () => {
  test('arrives, and at most twice', async () => {
    const { effects, accepted } = await post([]);
    expect(accepted).toBe(1);
    const counts = new Map<number, number>();
    for (const at of effects.keys())
      for (const mode of MODES) {
        const { accepted: copies } = await post([{ at, mode }]);
        counts.set(copies, (counts.get(copies) ?? 0) + 1);
      }
    expect([...counts.keys()].sort()).toEqual([1, 2]);
    expect(counts.get(1)).toBeGreaterThan(counts.get(2) ?? 0);
  });

  test('still arrives at most twice when two effects go wrong', async () => {
    const { effects } = await post([]);
    const copies = new Set<number>();
    for (const first of effects.keys())
      for (const second of effects.keys())
        for (const mode of MODES)
          copies.add(
            (
              await post([
                { at: first, mode },
                { at: first + second + 1, mode },
              ])
            ).accepted,
          );
    expect(Math.max(...copies)).toBe(2);
  });
});
