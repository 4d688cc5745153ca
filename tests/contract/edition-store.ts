import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Edits } from '../../lib/editions/edits.ts';
import { fresh } from './open.ts';
import { EVENTUALLY, edition, everything, largeEdition, later, message, NOW, type Open } from './samples.ts';

/** What every EditionStore promises. */
export function editionStoreContract(open: Open): void {
  describe('edition store', () => {
    const stores = fresh(open);
    const editions = () => stores().editions;

    test('gives an edition back as it was frozen', async () => {
      expect(await editions().create(edition(), message())).toBe(true);
      const stored = await editions().get(edition().id);
      expect(stored).toEqual({ edition: edition(), message: message(), status: 'composed' });
    });

    test('keeps the first of many editions with one id', async () => {
      const tries = Array.from({ length: 10 }, (_, number) =>
        editions().create(edition(), message({ subject: `Try ${number}` })),
      );
      const wins = await Promise.all(tries);
      expect(wins.filter(Boolean)).toHaveLength(1);
      const stored = await editions().get(edition().id);
      expect(stored?.message.subject).toBe(`Try ${wins.indexOf(true)}`);
    });

    test('keeps an edition of 60 stories and 1,500 items left out', async () => {
      const large = largeEdition();
      expect(JSON.stringify(large).length).toBeGreaterThan(400 * 1024);
      await editions().create(large, message());
      expect((await editions().get(large.id))?.edition).toEqual(large);
    });

    test('keeps a message that does not compress', async () => {
      const noise = randomBytes(2_000_000).toString('base64');
      await editions().create(edition(), message({ html: [noise] }));
      expect((await editions().get(edition().id))?.message.html).toEqual([noise]);
    });

    test('knows no edition that was never made', async () => {
      expect(await editions().get('war-daily-nl-20000101T0000Z')).toBeUndefined();
      expect(await editions().advance('war-daily-nl-20000101T0000Z', 'composed', 'planned', 1)).toBe(false);
      expect(await editions().list(10)).toEqual({ items: [] });
    });

    test('moves the status on once, from where it was', async () => {
      const { id } = edition();
      await editions().create(edition(), message());
      expect(await editions().advance(id, 'planned', 'closed')).toBe(false);
      const moves = await Promise.all(
        [1, 2, 3].map((audience) => editions().advance(id, 'composed', 'planned', audience)),
      );
      expect(moves.filter(Boolean)).toHaveLength(1);
      const audience = moves.indexOf(true) + 1;
      expect(await editions().get(id)).toMatchObject({ status: 'planned', audience });
      expect(await editions().advance(id, 'planned', 'closed')).toBe(true);
      expect(await editions().get(id)).toMatchObject({ status: 'closed', audience });
    });

    test('keeps what an editor decided about a slot, and takes it only from who knows what was decided before', async () => {
      const slot = 'war-daily-20261123T0600Z';
      const [first, second] = [
        { threshold: 0.25, pinned: ['a', 'b'], hidden: [] },
        { pinned: ['b'], hidden: ['c'] },
      ];
      const save = (...args: readonly [Edits, Edits?]) => editions().saveEdits(slot, ...args);
      expect(await editions().edits(slot)).toBeUndefined();
      expect(await save(second, first)).toBe(false);
      expect(await save(first)).toBe(true);
      expect(await save(second)).toBe(false);
      expect(await save(second, { ...first, threshold: 0.3 })).toBe(false);
      expect(await editions().edits(slot)).toEqual(first);
      expect(await save(second, await editions().edits(slot))).toBe(true);
      expect(await save({ pinned: [], hidden: ['d'] }, first)).toBe(false);
      expect(await editions().edits(slot)).toEqual(second);
      const both = await Promise.all(['x', 'y'].map((key) => save({ pinned: [key], hidden: [] }, second)));
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await editions().edits('war-daily-20261124T0600Z')).toBeUndefined();
      expect(await editions().edits('../../x')).toBeUndefined();
      expect(await editions().list(10)).toEqual({ items: [] });
    });

    test('lists newest due time first, with the status of now, page by page', async () => {
      const ids = Array.from({ length: 7 }, (_, number) => `e${number}`);
      for (const [number, id] of ids.entries()) {
        await editions().create(edition({ id, dueAt: later(60 * (number % 4)) }), message());
      }
      await editions().advance('e3', 'composed', 'planned', 12);
      const listed = () => everything((cursor) => editions().list(2, cursor));
      await expect
        .poll(async () => (await listed()).map(({ id, status }) => `${id} ${status}`), EVENTUALLY)
        .toEqual(['e3 planned', ...['e6', 'e2', 'e5', 'e1', 'e4', 'e0'].map((id) => `${id} composed`)]);
      expect((await listed())[0]).toEqual({
        id: 'e3',
        dueAt: later(180),
        status: 'planned',
        subject: message().subject,
        stories: 2,
        audience: 12,
      });
    });

    test('lets a visitor write any id and any place into an address', async () => {
      for (const number of [1, 2, 3]) {
        await editions().create(edition({ id: `e${number}`, dueAt: later(number) }), message());
      }
      for (const id of ['', ' ', 'é', 'x'.repeat(5000), '../../e1', 'e1#', "e1' --"]) {
        expect(await editions().get(id)).toBeUndefined();
      }
      const ids = async (place: string) => (await editions().list(5, place)).items.map(({ id }) => id);
      for (const nowhere of ['', '{}', '{"pk":"READERS"}', 'e2', `${NOW} `, `x e2`, `${NOW} ${'x'.repeat(5000)}`]) {
        await expect.poll(() => ids(nowhere), EVENTUALLY).toEqual(['e3', 'e2', 'e1']);
      }
      expect(await ids(`${later(2.5)} gone`)).toEqual(['e2', 'e1']);
      expect(await ids(`${later(2)} e2`)).toEqual(['e1']);
    });

    test('never lists more than asked for', async () => {
      for (const id of ['a', 'b', 'c']) await editions().create(edition({ id }), message());
      await expect.poll(async () => (await editions().list(2)).items, EVENTUALLY).toHaveLength(2);
    });
  });
}
