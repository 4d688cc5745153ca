import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../../lib/errors.ts';
import { backup, restore } from '../../lib/storage/sqlite/backup.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { edition, everything, hexId, later, message, NOW, subscriber } from '../contract/samples.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dispatches-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);

/** A database with an edition on its way to three readers: one mailed, one being mailed, one waiting. */
async function midway() {
  const stores = openSqlite(file('live.db'));
  const { id } = edition();
  await stores.subscribers.put(subscriber(), 0);
  await stores.editions.create(edition(), message());
  await stores.deliveries.plan(id, [hexId(1), hexId(2), hexId(3)], NOW);
  for (const number of [1, 2]) await stores.deliveries.claim(id, hexId(number), `a${number}`, NOW);
  await stores.deliveries.settle({ editionId: id, subscriberId: hexId(1), from: ['sending'], to: 'sent', now: NOW });
  return stores;
}

describe('backup', () => {
  test('copies a database that is in use, as it is at that moment', async () => {
    const live = await midway();
    backup(file('live.db'), file('copy.db'));
    await live.subscribers.put(subscriber({ version: 2 }), 1);
    live.close();
    const copy = openSqlite(file('copy.db'));
    expect(await copy.subscribers.get(hexId(1))).toEqual(subscriber());
    expect((await copy.editions.get(edition().id))?.edition).toEqual(edition());
    expect(await copy.deliveries.get(edition().id, hexId(3))).toMatchObject({ status: 'planned' });
    copy.close();
  });

  test('leaves one file, and never writes over one', async () => {
    (await midway()).close();
    backup(file('live.db'), file('copy.db'));
    expect(readdirSync(folder).sort()).toEqual(['copy.db', 'live.db']);
    expect(() => backup(file('live.db'), file('copy.db'))).toThrow(InputError);
    expect(() => backup(file('nowhere.db'), file('other.db'))).toThrow(/There is no database/);
    expect(readdirSync(folder).sort()).toEqual(['copy.db', 'live.db']);
  });
});

describe('restore', () => {
  test('mails nobody for whom mail was under way when the backup was made', async () => {
    (await midway()).close();
    backup(file('live.db'), file('copy.db'));
    restore(file('copy.db'), file('new.db'), later(99));
    const stores = openSqlite(file('new.db'));
    const rows = await everything((cursor) => stores.deliveries.page(edition().id, cursor));
    const restored = { reason: 'restored from a backup', at: later(99) };
    expect(rows.toSorted((a, b) => a.status.localeCompare(b.status))).toEqual([
      { editionId: edition().id, subscriberId: hexId(3), status: 'expired', ...restored },
      { editionId: edition().id, subscriberId: hexId(1), status: 'sent', attemptId: 'a1', at: NOW },
      {
        editionId: edition().id,
        subscriberId: hexId(2),
        status: 'uncertain',
        attemptId: 'a2',
        resent: true,
        ...restored,
      },
    ]);
    expect(await stores.editions.get(edition().id)).toMatchObject({ status: 'closed' });
    expect(await stores.deliveries.claim(edition().id, hexId(3), 'a3', later(100))).toBe(false);
    stores.close();
  });

  test('never writes over a database', async () => {
    (await midway()).close();
    backup(file('live.db'), file('copy.db'));
    expect(() => restore(file('copy.db'), file('live.db'), NOW)).toThrow(/There is a file .*live\.db already/);
  });

  test('never puts a database beside the log that another left', async () => {
    (await midway()).close();
    backup(file('live.db'), file('copy.db'));
    writeFileSync(file('new.db-wal'), 'left over');
    expect(() => restore(file('copy.db'), file('new.db'), NOW)).toThrow(/There is a file .*new\.db-wal already/);
  });
});
