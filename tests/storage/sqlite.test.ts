import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../lib/errors.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { transact } from '../../lib/storage/sqlite/transact.ts';
import { everything, hexId, item, later, NOW, subscriber } from '../contract/samples.ts';
import { storesContract } from '../contract/stores.ts';
import { alternating } from '../support/alternating.ts';
import { lagging } from '../support/lagging.ts';
import { LIMIT, READERS, type Work } from '../support/sqlite-worker.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dispatches-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('SQLite in memory', () => {
  storesContract(async () => openSqlite(':memory:'));
});

describe('SQLite in a file that two connections write to', { timeout: 60_000 }, () => {
  storesContract(async () => {
    const both = [openSqlite(join(folder, 'a.db')), openSqlite(join(folder, 'a.db'))];
    const close = () => {
      for (const stores of both) stores.close();
    };
    return { ...alternating(both), close };
  });
});

describe('SQLite behind an index that lags', () => {
  storesContract(async () => lagging(openSqlite(':memory:'), openSqlite(':memory:')));
});

describe('a database file', () => {
  test('keeps everything when it is closed and opened again', async () => {
    const path = join(folder, 'a.db');
    const first = openSqlite(path);
    await first.subscribers.put(subscriber(), 0);
    first.close();
    const second = openSqlite(path);
    expect(await second.subscribers.get(hexId(1))).toEqual(subscriber());
    second.close();
  });

  test('gets a folder that only its owner may read', () => {
    openSqlite(join(folder, 'new', 'a.db')).close();
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
  });

  test('that is something else is refused with a sentence, and left as it was', () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'This is a plain text file, longer than a hundred bytes, that happens to lie here. '.repeat(2));
    expect(() => openSqlite(path)).toThrow(ConfigError);
    expect(() => openSqlite(path)).toThrow(/notes\.txt cannot be used as a database: file is not a database/);
    expect(statSync(path).size).toBe(164);
  });

  test('of a newer Dispatches is refused with a sentence', () => {
    const path = join(folder, 'a.db');
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openSqlite(path)).toThrow(/The database has version 99; this Dispatches knows versions up to \d+\./);
  });

  test('shares out the work of several processes that open it for the first time together', async () => {
    const path = join(folder, 'a.db');
    const workers = [1, 2, 3].map(() => fork(resolve(import.meta.dirname, '../support/sqlite-worker.ts'), [path]));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const answers = workers.map((worker) => once(worker, 'message'));
    for (const worker of workers) worker.send('go');
    const done = (await Promise.all(answers)).map(([work]): Work => work);
    expect(done.reduce((sum, { claimed }) => sum + claimed, 0)).toBe(READERS.length);
    expect(done.reduce((sum, { taken }) => sum + taken, 0)).toBe(LIMIT.max);
    await Promise.all(workers.map((worker) => worker.exitCode ?? once(worker, 'exit')));
    const stores = openSqlite(path);
    const rows = await everything((cursor) => stores.deliveries.page('e', cursor));
    expect(rows.filter(({ status }) => status === 'sent')).toHaveLength(READERS.length);
    stores.close();
  });
});

test('a claim that was won outlives a process that is killed', async () => {
  const path = join(folder, 'a.db');
  const worker = fork(resolve(import.meta.dirname, '../support/sqlite-claimer.ts'), [path]);
  const won: number[] = [];
  worker.on('message', (number: number) => {
    won.push(number);
    if (won.length === 25) worker.kill('SIGKILL');
  });
  await once(worker, 'exit');
  const { deliveries, close } = openSqlite(path);
  for (const number of won) {
    expect(await deliveries.get('e', hexId(number))).toMatchObject({ status: 'sending', attemptId: `a${number}` });
  }
  expect(won.length).toBeGreaterThanOrEqual(25);
  close();
});

test('nobody else writes between the reads of a transaction and its writes', () => {
  const path = join(folder, 'a.db');
  openSqlite(path).close();
  const [db, other] = [new DatabaseSync(path), new DatabaseSync(path, { timeout: 0 })];
  const write = () => other.exec("INSERT INTO feeds (url, body) VALUES ('https://feeds.example.org', '{}')");
  transact(db, () => expect(write).toThrow('database is locked'));
  expect(write).not.toThrow();
  for (const each of [db, other]) each.close();
});

describe('what SQLite forgets', () => {
  const DAY = 86_400;

  test('an item 90 days after a feed listed it last, when another comes', async () => {
    const { feeds, close } = openSqlite(':memory:');
    await feeds.putItem(item({ key: 'gone' }));
    await feeds.putItem(item({ key: 'listed' }));
    await feeds.putItem(item({ key: 'listed', firstSeen: later(40 * DAY) }));
    await feeds.putItem(item({ key: 'other', firstSeen: later(91 * DAY) }));
    expect(await feeds.getItem('gone')).toBeUndefined();
    expect(await feeds.getItem('listed')).toMatchObject({ firstSeen: NOW });
    close();
  });

  test('who asked, a day after no limit looks at it any more', async () => {
    const path = join(folder, 'a.db');
    const { limits, close } = openSqlite(path);
    await limits.take('a', [{ max: 3, seconds: 60 }], NOW);
    await limits.take('b', [{ max: 3, seconds: 60 }], later(DAY + 61));
    close();
    const db = new DatabaseSync(path);
    expect(db.prepare('SELECT key FROM limits').all()).toEqual([{ key: 'b' }]);
    db.close();
  });
});
