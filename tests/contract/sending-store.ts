import { describe, expect, test } from 'vitest';
import type { Switch } from '../../lib/delivery/model.ts';
import { fresh } from './open.ts';
import { NOW, type Open } from './samples.ts';

const row: Switch = { state: 'on', at: NOW, home: 'here', epoch: 1, version: 1 };

/** What every SendingStore promises. */
export function sendingStoreContract(open: Open): void {
  describe('sending store', () => {
    const stores = fresh(open);
    const sending = () => stores().sending;

    test('names its database, always alike', async () => {
      const home = await sending().home();
      expect(home).not.toBe('');
      expect(await sending().home()).toBe(home);
    });

    test('has no switch until one is written, then gives it back whole', async () => {
      expect(await sending().get()).toBeUndefined();
      expect(await sending().put({ ...row, reason: 'пауза', sentUntil: NOW }, 0)).toBe(true);
      expect(await sending().get()).toEqual({ ...row, reason: 'пауза', sentUntil: NOW });
    });

    test('keeps the first of two writes from the same version, and drops what the next leaves out', async () => {
      await sending().put({ ...row, reason: 'first' }, 0);
      expect(await sending().put({ ...row, reason: 'second' }, 0)).toBe(false);
      expect(await sending().put({ ...row, state: 'paused', version: 2 }, 1)).toBe(true);
      expect(await sending().put({ ...row, state: 'braked', version: 2 }, 1)).toBe(false);
      expect(await sending().get()).toEqual({ ...row, state: 'paused', version: 2 });
    });

    test('sets the switch for one of many that try at once', async () => {
      const tries = Array.from({ length: 30 }, (_, n) => sending().put({ ...row, reason: String(n) }, 0));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });

    test('adds up what is counted, each period apart, also at once', async () => {
      expect(await sending().count('1 2026-11-23', { sent: 50, bounced: 1 })).toMatchObject({ sent: 50, bounced: 1 });
      await Promise.all(Array.from({ length: 40 }, () => sending().count('1 2026-11-23', { sent: 2, complained: 1 })));
      await sending().count('2 2026-11-23', { delayed: 7 });
      const total = { sent: 130, bounced: 1, complained: 40, delayed: 0 };
      expect(await sending().tally('1 2026-11-23')).toEqual(total);
      expect(await sending().count('1 2026-11-23', {})).toEqual(total);
      expect(await sending().tally('2 2026-11-23')).toEqual({ sent: 0, bounced: 0, complained: 0, delayed: 7 });
      expect(await sending().tally('never')).toEqual({ sent: 0, bounced: 0, complained: 0, delayed: 0 });
    });

    test('gives senders who ask at once room one after the other', async () => {
      const starts = await Promise.all(Array.from({ length: 20 }, () => sending().reserve(5, 10, 1_000_000)));
      expect(starts.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => 1_000_000 + n * 500));
    });

    test('lets nobody wait for room that was not used', async () => {
      expect(await sending().reserve(1, 3, 5000)).toBe(5000);
      expect(await sending().reserve(1, 3, 5001)).toBe(5334);
      expect(await sending().reserve(1, 3, 9000)).toBe(9000);
    });
  });
}
