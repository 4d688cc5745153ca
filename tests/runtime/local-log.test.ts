import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localLog, logFile } from '../../lib/runtime/local-log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a line says when, how bad and what, without addresses, and is for its owner only', async () => {
  localLog(folder).warn('held back', { to: 'reader@example.org' });
  const line = JSON.parse(await readFile(logFile(folder), 'utf8'));
  expect(line).toEqual({
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    level: 'warn',
    message: 'held back',
    to: '[address]',
  });
  expect((await stat(logFile(folder))).mode & 0o077).toBe(0);
});

test('a long log makes room for a new one', async () => {
  await writeFile(logFile(folder), 'x'.repeat(5_000_001));
  localLog(folder).info('new');
  expect((await stat(`${logFile(folder)}.1`)).size).toBe(5_000_001);
  expect(await readFile(logFile(folder), 'utf8')).toMatch(/"message":"new"\}\n$/);
});
