import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { storesContract } from '../contract/stores.ts';
import { alternating } from '../support/alternating.ts';

describe('SQLite in memory', () => {
  storesContract(async () => openSqlite(':memory:'));
});

describe('SQLite in a file that two connections write to', () => {
  storesContract(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dispatches-'));
    const both = [openSqlite(join(folder, 'a.db')), openSqlite(join(folder, 'a.db'))];
    return {
      ...alternating(both),
      close() {
        for (const stores of both) stores.close();
        rmSync(folder, { recursive: true });
      },
    };
  });
});
