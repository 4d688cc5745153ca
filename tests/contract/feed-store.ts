import { describe, expect, test } from 'vitest';
import { fresh } from './open.ts';
import { everything, feedState, hexId, item, later, many, NOW, type Open } from './samples.ts';

/** What every FeedStore promises. */
export function feedStoreContract(open: Open): void {
  describe('feed store', () => {
    const stores = fresh(open);
    const feeds = () => stores().feeds;
    const since = (instant: string) => everything((cursor) => feeds().itemsSince(instant, cursor));

    test('gives a state back as it was put, and the last one put', async () => {
      const full = feedState({
        title: 'Світ',
        etag: '"x"',
        problem: 'Gone.',
        moved: { url: 'https://b.example', times: 2 },
      });
      await feeds().putState(full);
      expect(await feeds().getState(full.url)).toEqual(full);
      await feeds().putState(feedState());
      expect(await feeds().getState(full.url)).toEqual(feedState());
    });

    test('knows no state of a feed that was never read', async () => {
      expect(await feeds().getState('https://never.example')).toBeUndefined();
      expect(await feeds().listStates()).toEqual([]);
    });

    test('lists the states of all feeds, also of one whose URL is longer than a key may be', async () => {
      const long = `https://feeds.example.org/?q=${'é'.repeat(2000)}`;
      await feeds().putState(feedState({ url: long }));
      await many(30, (number) => feeds().putState(feedState({ url: `https://feeds.example.org/${number}` })));
      const urls = (await feeds().listStates()).map((state) => state.url);
      expect(new Set(urls).size).toBe(31);
      expect(urls).toContain(long);
    });

    test('stores an item once, whoever comes first', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => feeds().putItem(item())));
      expect(answers.sort()).toEqual(['new', ...Array(19).fill('same')]);
      expect(await feeds().getItem(item().key)).toEqual(item());
    });

    test('updates an edited item in place, says when, and keeps when it was first seen, and whether as backlog', async () => {
      await feeds().putItem(item({ backlog: true, image: 'https://example.org/a.png', lang: 'nl' }));
      const edited = item({ title: 'Correctie', hash: 'bb', firstSeen: later(60), backlog: false });
      expect(await feeds().putItem(edited)).toBe('changed');
      expect(await feeds().putItem(edited)).toBe('same');
      const kept = { ...edited, firstSeen: NOW, backlog: true, changed: later(60) };
      expect(await feeds().getItem(item().key)).toEqual(kept);
      expect(await since(NOW)).toEqual([kept]);
      expect(await since(later(1))).toEqual([]);
    });

    test('counts one change when two writers bring the same edit', async () => {
      await feeds().putItem(item());
      const answers = await Promise.all([1, 2, 3, 4].map(() => feeds().putItem(item({ hash: 'bb' }))));
      expect(answers.sort()).toEqual(['changed', 'same', 'same', 'same']);
    });

    test('knows no item that was never put', async () => {
      expect(await feeds().getItem(hexId(99))).toBeUndefined();
    });

    test('lists items first seen at or after an instant, and a write that has just finished', async () => {
      for (const seconds of [-1, 0, 1]) {
        await feeds().putItem(item({ key: hexId(seconds), firstSeen: later(seconds) }));
        expect((await since(later(-1))).map(({ key }) => key)).toContain(hexId(seconds));
      }
      expect((await since(NOW)).map(({ key }) => key).sort()).toEqual([hexId(0), hexId(1)].sort());
    });

    test('lists each of many items once, page by page', async () => {
      await many(601, (number) => feeds().putItem(item({ key: hexId(number), firstSeen: later(number % 7) })));
      const keys = (await since(NOW)).map(({ key }) => key);
      expect(keys).toHaveLength(601);
      expect(new Set(keys).size).toBe(601);
    });

    test('goes on listing where it was when items arrive or change between two pages', async () => {
      await many(601, (number) => feeds().putItem(item({ key: hexId(number), firstSeen: later(number) })));
      let arrivals = 0;
      const keys = await everything(async (cursor) => {
        const page = await feeds().itemsSince(NOW, cursor);
        await feeds().putItem(item({ key: `new${arrivals}`, firstSeen: later(arrivals++) }));
        await feeds().putItem(item({ key: hexId(arrivals), firstSeen: later(9999), hash: 'bb' }));
        return { ...page, items: page.items.map(({ key }) => key) };
      });
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.filter((key) => !key.startsWith('new'))).toHaveLength(601);
    });
  });
}
