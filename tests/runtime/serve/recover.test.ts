import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../lib/config/load.ts';
import type { SendOutcome } from '../../../lib/delivery/model.ts';
import { silent } from '../../../lib/log.ts';
import { type Local, openLocal } from '../../../lib/runtime/local.ts';
import { lockFolder } from '../../../lib/runtime/lock.ts';
import { recover } from '../../../lib/runtime/serve/recover.ts';
import { openSlot } from '../../../lib/runtime/serve/slot.ts';
import { edition, message, NOW, subscriber } from '../../contract/samples.ts';

const clock = () => new Date(NOW);
const ID = 'war-daily-en-20261123T0600Z';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-recover-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function open(outcome: SendOutcome, sent: string[] = []): Promise<Local> {
  const transport = {
    async send({ to }: { to: string }) {
      sent.push(to);
      return outcome;
    },
  };
  const config = await loadConfig('dispatches.config.ts');
  return openLocal({ config, sources: [], folder, transport, siteUrl: 'https://n.example.org', clock });
}

describe('after a crash', () => {
  test('what was claimed and not handed over is planned again, the one in the slot stays uncertain', async () => {
    const local = await open({ kind: 'stopped', reason: 'not used' });
    await local.stores.editions.create(edition({ id: ID }), message());
    await local.stores.deliveries.plan(ID, ['a', 'b', 'c'], NOW);
    for (const id of ['a', 'b']) await local.stores.deliveries.claim(ID, id, `attempt-${id}`, NOW);
    const input = { marked: 'attempt-b', letters: [] };
    expect(await recover({ stores: local.stores, clock, log: silent }, input)).toEqual({ again: 1, uncertain: 1 });
    const status = async (id: string) => (await local.stores.deliveries.get(ID, id))?.status;
    expect([await status('a'), await status('b'), await status('c')]).toEqual(['planned', 'uncertain', 'planned']);
    local.close();
  });

  test('a letter that could not leave waits for the next process, and leaves then', async () => {
    const reader = subscriber({ status: 'pending', email: 'new@example.org' });
    const job = { kind: 'letter', letter: 'confirm', subscriberId: reader.id, nonce: 'n1' } as const;
    const first = await open({ kind: 'stopped', reason: 'the relay refuses us' });
    await first.stores.subscribers.put(reader, 0);
    first.letters.keep([job]);
    await first.resume();
    await first.idle();
    expect(first.letters.waiting()).toEqual([job]);
    first.close();
    const sent: string[] = [];
    const second = await open({ kind: 'sent', messageId: 'm' }, sent);
    await second.resume();
    await second.idle();
    expect([sent, second.letters.waiting()]).toEqual([['new@example.org'], []]);
    second.close();
  });

  test('the slot tells the last attempt, whole, whatever was in it before', () => {
    const slot = openSlot(join(folder, 'slot'));
    expect(slot.read()).toBe('');
    slot.mark('a-long-attempt-id');
    slot.mark('short');
    slot.close();
    const again = openSlot(join(folder, 'slot'));
    expect(again.read()).toBe('short');
    again.close();
  });

  test('the lock of a folder is free again', () => {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow('Another dispatches is at work');
    lock.release();
    lockFolder(folder).release();
  });
});
