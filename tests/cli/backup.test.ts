import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatches } from './cli.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const restore = (...args: string[]) => dispatches(['restore', at('copy'), ...args]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-backup-'));
  await dispatches(['start', '--once', '--port', '0', '--state', at('live')]);
  await dispatches(['backup', at('copy'), '--state', at('live')]);
});
afterAll(() => rm(folder, { recursive: true }));

describe('dispatches backup', () => {
  test('never writes over a file, and says what else belongs to a copy', async () => {
    const [again, other] = await Promise.all([
      dispatches(['backup', at('copy'), '--state', at('live')]),
      dispatches(['backup', at('other'), '--state', at('live')]),
    ]);
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/There is a file .*copy already/);
    expect(other.out).toMatch(/keep it private[\s\S]*keys\.json too/);
  });
});

describe('dispatches restore', () => {
  test('does nothing when nobody says yes, and tells what it would do', async () => {
    const { code, err } = await restore('--state', at('unasked'));
    expect(code).toBe(1);
    expect(err).toMatch(
      /editions are closed[\s\S]*who left[\s\S]*Restore .*\?[\s\S]*Nothing was done\. Answer yes, or add --yes/,
    );
    expect((await dispatches(['status', '--state', at('unasked')])).err).toContain('There is nothing in');
  });

  test('puts readers and editions back, closed', async () => {
    expect((await restore('--yes', '--state', at('new'))).code).toBe(0);
    const status = JSON.parse((await dispatches(['status', '--json', '--state', at('new')])).out);
    expect(status.readers).toEqual({ active: 3 });
    expect(status.editions.map((edition: { status: string }) => edition.status)).toEqual(Array(3).fill('closed'));
  });

  test('never replaces a database that is there', async () => {
    const { code, err } = await restore('--yes', '--state', at('live'));
    expect(code).toBe(1);
    expect(err).toMatch(/There is a file .*dispatches\.sqlite already.*Move it away/);
  });
});
