import { describe, expect, test } from 'vitest';
import { fresh } from './open.ts';
import { everything, hexId, later, many, NOW, type Open } from './samples.ts';

const E1 = 'war-daily-nl-20261123T0600Z';
const E2 = 'war-daily-uk-20261123T0600Z';
const READER = hexId(1);

/** What every DeliveryStore promises. */
export function deliveryStoreContract(open: Open): void {
  describe('delivery store', () => {
    const stores = fresh(open);
    const ledger = () => stores().deliveries;
    const rows = (id: string) => everything((cursor) => ledger().page(id, cursor));
    const row = { editionId: E1, subscriberId: READER };

    test('plans a row for each reader and leaves those alone that have one', async () => {
      await ledger().plan(E1, [READER, hexId(2)], NOW);
      await ledger().claim(E1, READER, 'a1', later(1));
      await ledger().plan(E1, [READER, hexId(2), hexId(3)], later(2));
      expect(await ledger().get(E1, READER)).toEqual({ ...row, status: 'sending', attemptId: 'a1', at: later(1) });
      expect(await ledger().get(E1, hexId(2))).toMatchObject({ status: 'planned', at: NOW });
      expect(await ledger().get(E1, hexId(3))).toMatchObject({ status: 'planned', at: later(2) });
    });

    test('plans nobody, and one reader named twice once', async () => {
      await ledger().plan(E1, [], NOW);
      expect(await rows(E1)).toEqual([]);
      await ledger().plan(E1, [READER, READER], NOW);
      expect(await rows(E1)).toHaveLength(1);
    });

    test('keeps editions apart', async () => {
      await ledger().plan(E1, [READER], NOW);
      await ledger().plan(E2, [READER], NOW);
      await ledger().claim(E1, READER, 'a1', NOW);
      expect((await rows(E2)).map(({ status }) => status)).toEqual(['planned']);
    });

    test('gives a delivery to one of many that claim it', async () => {
      await ledger().plan(E1, [READER], NOW);
      const claims = await Promise.all(
        Array.from({ length: 50 }, (_, number) => ledger().claim(E1, READER, `a${number}`, NOW)),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await ledger().get(E1, READER)).toMatchObject({ attemptId: `a${claims.indexOf(true)}` });
    });

    test('refuses a claim, even with the same attempt, of what is not planned', async () => {
      expect(await ledger().claim(E1, READER, 'a1', NOW)).toBe(false);
      expect(await ledger().get(E1, READER)).toBeUndefined();
      await ledger().plan(E1, [READER], NOW);
      await ledger().claim(E1, READER, 'a1', NOW);
      expect(await ledger().claim(E1, READER, 'a1', NOW)).toBe(false);
    });

    test('moves a row on from the named statuses only', async () => {
      await ledger().plan(E1, [READER], NOW);
      expect(await ledger().settle({ ...row, from: ['sending', 'uncertain'], to: 'sent', now: NOW })).toBe(false);
      expect(await ledger().settle({ ...row, from: [], to: 'sent', now: NOW })).toBe(false);
      expect(await ledger().settle({ ...row, from: ['sending', 'planned'], to: 'suppressed', now: later(5) })).toBe(
        true,
      );
      expect(await ledger().get(E1, READER)).toEqual({ ...row, status: 'suppressed', at: later(5) });
    });

    test('moves a row on for the attempt that has it only', async () => {
      await ledger().plan(E1, [READER], NOW);
      const sent = { ...row, from: ['planned', 'sending'], to: 'sent', messageId: 'm1', now: later(1) } as const;
      expect(await ledger().settle({ ...sent, attemptId: 'a1' })).toBe(false);
      await ledger().claim(E1, READER, 'a1', NOW);
      expect(await ledger().settle({ ...sent, attemptId: 'a2' })).toBe(false);
      expect(await ledger().settle({ ...sent, attemptId: 'a1' })).toBe(true);
      expect(await ledger().settle({ ...sent, attemptId: 'a1' })).toBe(false);
    });

    test('creates no row by settling one that does not exist', async () => {
      expect(await ledger().settle({ ...row, from: ['planned'], to: 'expired', now: NOW })).toBe(false);
      expect(await ledger().get(E1, READER)).toBeUndefined();
      expect(await rows(E1)).toEqual([]);
    });

    test('keeps what a settlement does not name, and the attempt', async () => {
      await ledger().plan(E1, [READER], NOW);
      await ledger().claim(E1, READER, 'a1', NOW);
      await ledger().settle({
        ...row,
        from: ['sending'],
        to: 'uncertain',
        reason: 'Zeitüberschreitung',
        now: later(1),
      });
      await ledger().settle({ ...row, from: ['uncertain'], to: 'sent', messageId: 'm1', seen: true, now: later(2) });
      const kept = { ...row, status: 'sent', attemptId: 'a1', messageId: 'm1', seen: true, at: later(2) };
      expect(await ledger().get(E1, READER)).toEqual({ ...kept, reason: 'Zeitüberschreitung' });
    });

    test('lets a row that went back be claimed again, with a new attempt', async () => {
      await ledger().plan(E1, [READER], NOW);
      await ledger().claim(E1, READER, 'a1', NOW);
      const back = { ...row, from: ['sending'], to: 'planned', attemptId: 'a1', reason: 'rate', now: NOW } as const;
      expect(await ledger().settle(back)).toBe(true);
      expect(await ledger().claim(E1, READER, 'a2', later(9))).toBe(true);
      expect(await ledger().get(E1, READER)).toMatchObject({ status: 'sending', attemptId: 'a2', at: later(9) });
    });

    test('lists every row once, page by page', async () => {
      const readers = Array.from({ length: 603 }, (_, number) => hexId(number));
      await ledger().plan(E1, readers, NOW);
      const listed = await rows(E1);
      expect(listed.map(({ subscriberId }) => subscriberId).sort()).toEqual(readers.toSorted());
      expect(new Set(listed.map(({ editionId, status }) => `${editionId} ${status}`))).toEqual(
        new Set([`${E1} planned`]),
      );
    });

    test('goes on listing where it was when readers are planned between two pages', async () => {
      const readers = Array.from({ length: 603 }, (_, number) => hexId(number));
      await ledger().plan(E1, readers, NOW);
      let page = 0;
      const listed = await everything(async (cursor) => {
        await ledger().plan(E1, [hexId(5000 + page++)], NOW);
        return ledger().page(E1, cursor);
      });
      const ids = listed.map(({ subscriberId }) => subscriberId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(readers).difference(new Set(ids)).size).toBe(0);
    });

    test('settles each of many once, when everything is done twice at the same time', async () => {
      const readers = Array.from({ length: 100 }, (_, number) => hexId(number));
      await ledger().plan(E1, readers, NOW);
      let sent = 0;
      const send = async (attempt: string, number: number) => {
        if (!(await ledger().claim(E1, hexId(number), attempt, NOW))) return;
        sent += 1;
        const done = { editionId: E1, subscriberId: hexId(number), attemptId: attempt, messageId: attempt } as const;
        expect(await ledger().settle({ ...done, from: ['sending'], to: 'sent', now: NOW })).toBe(true);
      };
      await Promise.all(['a', 'b'].map((attempt) => many(100, (number) => send(attempt, number))));
      expect(sent).toBe(100);
      expect(
        (await rows(E1)).every(({ status, attemptId, messageId }) => status === 'sent' && attemptId === messageId),
      ).toBe(true);
    });
  });
}
