import { describe, expect, test } from 'vitest';
import type { Preferences, SubscriberStatus } from '../../lib/subscriptions/model.ts';
import { fresh } from './open.ts';
import { EVENTUALLY, everything, hexId, many, NOW, type Open, subscriber } from './samples.ts';

const AMSTERDAM = { cadence: 'daily', zone: 'Europe/Amsterdam', hour: 7 } as const;
const KYIV = { cadence: 'weekly', zone: 'Europe/Kyiv', hour: 0 } as const;

/** What every SubscriberStore promises. */
export function subscriberStoreContract(open: Open): void {
  describe('subscriber store', () => {
    const stores = fresh(open);
    const readers = () => stores().subscribers;
    const due = async (appointment: Pick<Preferences, 'cadence' | 'zone' | 'hour'>) =>
      (await everything((cursor) => readers().dueReaders(appointment, cursor))).map(({ id }) => id).sort();
    const preferences = (over: Partial<Preferences>) => ({ ...subscriber().preferences, ...over });

    test('gives a reader back as put, at once', async () => {
      const full = subscriber({
        email: 'zoë@bücher.example',
        pausedUntil: NOW,
        reason: 'page',
        before: { status: 'suppressed', reason: 'bounce' },
      });
      expect(await readers().put(full, 0)).toBe(true);
      expect(await readers().get(full.id)).toEqual(full);
    });

    test('forgets the fields that a newer version does not have', async () => {
      await readers().put(subscriber({ reason: 'page' }), 0);
      await readers().put(subscriber({ version: 2 }), 1);
      expect(await readers().get(hexId(1))).toEqual(subscriber({ version: 2 }));
    });

    test('knows no reader who never came', async () => {
      expect(await readers().get(hexId(404))).toBeUndefined();
      expect(await everything((cursor) => readers().list(cursor))).toEqual([]);
      expect(await readers().appointments()).toEqual([]);
      expect(await due(AMSTERDAM)).toEqual([]);
    });

    test('creates a reader once', async () => {
      const tries = Array.from({ length: 20 }, (_, number) =>
        readers().put(subscriber({ email: `r${number}@example.org` }), 0),
      );
      const wins = await Promise.all(tries);
      expect(wins.filter(Boolean)).toHaveLength(1);
      expect((await readers().get(hexId(1)))?.email).toBe(`r${wins.indexOf(true)}@example.org`);
    });

    test('lets one of many writers with the same version win', async () => {
      await readers().put(subscriber(), 0);
      const tries = Array.from({ length: 20 }, (_, hour) =>
        readers().put(subscriber({ version: 2, preferences: preferences({ hour }) }), 1),
      );
      const wins = await Promise.all(tries);
      expect(wins.filter(Boolean)).toHaveLength(1);
      expect((await readers().get(hexId(1)))?.preferences.hour).toBe(wins.indexOf(true));
    });

    test('refuses a write over a version that is older, newer or gone', async () => {
      await readers().put(subscriber(), 0);
      await readers().put(subscriber({ version: 2 }), 1);
      expect(await readers().put(subscriber({ version: 2 }), 1)).toBe(false);
      expect(await readers().put(subscriber({ version: 4 }), 3)).toBe(false);
      expect(await readers().put(subscriber({ version: 1 }), 0)).toBe(false);
      await readers().remove(hexId(1));
      expect(await readers().put(subscriber({ version: 3 }), 2)).toBe(false);
      expect(await readers().get(hexId(1))).toBeUndefined();
    });

    test('rejects a version that does not follow the expected one', async () => {
      await expect(readers().put(subscriber({ version: 3 }), 1)).rejects.toThrow('version 3 cannot follow 1');
    });

    test('creates many readers, and says which were there already and stay as they are', async () => {
      const known = subscriber({ id: hexId(3), email: 'known@example.org', status: 'paused' });
      await readers().put(known, 0);
      const rows = Array.from({ length: 70 }, (_, number) => subscriber({ id: hexId(number) }));
      expect(await readers().createMany(rows)).toEqual([hexId(3)]);
      expect(await readers().get(hexId(3))).toEqual(known);
      expect(await readers().get(hexId(69))).toEqual(rows[69]);
      expect(await everything((cursor) => readers().list(cursor))).toHaveLength(70);
      await expect.poll(() => due(AMSTERDAM), EVENTUALLY).toHaveLength(70);
      expect(await readers().appointments()).toEqual([AMSTERDAM]);
      expect((await readers().createMany(rows)).toSorted()).toEqual(rows.map(({ id }) => id).sort());
      expect(await readers().createMany([])).toEqual([]);
      await expect(readers().createMany([subscriber({ version: 2 })])).rejects.toThrow('version 2 cannot follow 0');
    });

    test('creates each reader for one of two callers', async () => {
      const rows = Array.from({ length: 40 }, (_, number) => subscriber({ id: hexId(number) }));
      const existing = await Promise.all([readers().createMany(rows), readers().createMany(rows.toReversed())]);
      expect(existing.flat().sort()).toEqual(rows.map(({ id }) => id).sort());
    });

    test('counts each of many increments made at the same time', async () => {
      await readers().put(subscriber(), 0);
      const increment = async (): Promise<void> => {
        const read = (await readers().get(hexId(1))) ?? subscriber();
        const next = { ...read, version: read.version + 1 };
        if (!(await readers().put(next, read.version))) await increment();
      };
      await Promise.all(Array.from({ length: 10 }, increment));
      expect((await readers().get(hexId(1)))?.version).toBe(11);
    });

    test('removes a reader wholly, and twice', async () => {
      await readers().put(subscriber(), 0);
      await readers().remove(hexId(1));
      await readers().remove(hexId(1));
      expect(await readers().get(hexId(1))).toBeUndefined();
      expect(await everything((cursor) => readers().list(cursor))).toEqual([]);
      await expect.poll(() => due(AMSTERDAM), EVENTUALLY).toEqual([]);
      expect(await readers().put(subscriber(), 0)).toBe(true);
    });

    test('finds active and paused readers by their appointment, with their preferences', async () => {
      const statuses: SubscriberStatus[] = ['pending', 'active', 'paused', 'unsubscribed', 'suppressed'];
      for (const [number, status] of statuses.entries())
        await readers().put(subscriber({ id: hexId(number), status }), 0);
      const kyiv = preferences({ ...KYIV, locale: 'uk', quietDays: 'skip' });
      await readers().put(subscriber({ id: hexId(9), preferences: kyiv }), 0);
      await expect.poll(() => due(AMSTERDAM), EVENTUALLY).toEqual([hexId(1), hexId(2)].sort());
      await expect
        .poll(() => everything((cursor) => readers().dueReaders(KYIV, cursor)), EVENTUALLY)
        .toEqual([{ id: hexId(9), preferences: kyiv }]);
      expect(await due({ ...KYIV, hour: 7 })).toEqual([]);
    });

    test('moves a reader to another appointment, or to none', async () => {
      await readers().put(subscriber(), 0);
      await readers().put(subscriber({ version: 2, preferences: preferences(KYIV) }), 1);
      await expect.poll(() => due(AMSTERDAM), EVENTUALLY).toEqual([]);
      await expect.poll(() => due(KYIV), EVENTUALLY).toEqual([hexId(1)]);
      await readers().put(subscriber({ version: 3, status: 'unsubscribed', preferences: preferences(KYIV) }), 2);
      await expect.poll(() => due(KYIV), EVENTUALLY).toEqual([]);
    });

    test('knows each appointment that a reader with mail has or had, once', async () => {
      await readers().put(subscriber({ id: hexId(0), status: 'pending', preferences: preferences({ hour: 23 }) }), 0);
      for (const number of [1, 2, 3]) await readers().put(subscriber({ id: hexId(number) }), 0);
      await readers().put(subscriber({ version: 2, status: 'paused', preferences: preferences(KYIV) }), 1);
      await readers().remove(hexId(1));
      const met = await readers().appointments();
      expect(met).toHaveLength(2);
      expect(met).toEqual(expect.arrayContaining([AMSTERDAM, KYIV]));
    });

    test('lists every due reader and every reader once, page by page', async () => {
      const count = 603;
      await many(count, (number) =>
        readers().put(subscriber({ id: hexId(number), status: number % 10 === 0 ? 'pending' : 'active' }), 0),
      );
      const ids = Array.from({ length: count }, (_, number) => hexId(number));
      const listed = await everything((cursor) => readers().list(cursor));
      expect(listed.map(({ id }) => id).sort()).toEqual(ids.toSorted());
      await expect.poll(() => due(AMSTERDAM), EVENTUALLY).toEqual(ids.filter((_, number) => number % 10 !== 0).sort());
    });
  });
}
