import { describe, expect, test } from 'vitest';
import { fresh } from './open.ts';
import { later, NOW, type Open } from './samples.ts';

/** What every LimitStore promises. */
export function limitStoreContract(open: Open): void {
  describe('limit store', () => {
    const stores = fresh(open);
    const limits = () => stores().limits;

    async function takes(count: number, max: number): Promise<number> {
      const answers = Array.from({ length: count }, () => limits().take('key', [{ max, seconds: 60 }], NOW));
      return (await Promise.all(answers)).filter(Boolean).length;
    }

    test('allows one of a thousand at the same time', async () => {
      expect(await takes(1000, 1)).toBe(1);
    });

    test('allows exactly as many as it should of two hundred at the same time', async () => {
      expect(await takes(200, 120)).toBe(120);
      expect(await takes(20, 120)).toBe(0);
    });

    test('slides: an event counts until its window has passed, and not a moment longer', async () => {
      const take = (seconds: number) => limits().take('key', [{ max: 2, seconds: 60 }], later(seconds));
      expect(await take(0)).toBe(true);
      expect(await take(30)).toBe(true);
      expect(await take(59.999)).toBe(false);
      expect(await take(60)).toBe(true);
      expect(await take(89.999)).toBe(false);
      expect(await take(90)).toBe(true);
    });

    test('counts only what it allowed', async () => {
      const take = (seconds: number) => limits().take('key', [{ max: 1, seconds: 60 }], later(seconds));
      expect(await take(0)).toBe(true);
      for (const seconds of [10, 30, 59]) expect(await take(seconds)).toBe(false);
      expect(await take(60)).toBe(true);
    });

    test('needs room in every limit', async () => {
      const both = [
        { max: 1, seconds: 900 },
        { max: 3, seconds: 86_400 },
      ];
      const take = (minutes: number) => limits().take('key', both, later(minutes * 60));
      const answers = [];
      for (const minutes of [0, 5, 15, 30, 45, 24 * 60 - 1, 24 * 60]) answers.push(await take(minutes));
      expect(answers).toEqual([true, false, true, true, false, false, true]);
    });

    test('keeps keys apart', async () => {
      const one = [{ max: 1, seconds: 60 }];
      expect(await limits().take('a', one, NOW)).toBe(true);
      expect(await limits().take('b', one, NOW)).toBe(true);
      expect(await limits().take('a', one, NOW)).toBe(false);
    });

    test('allows nothing where the limit is none, and everything where there is no limit', async () => {
      expect(await limits().take('key', [{ max: 0, seconds: 60 }], NOW)).toBe(false);
      expect(await limits().take('free', [], NOW)).toBe(true);
    });

    test.each([1, 2, 3, 4])('goes on counting right after many events, up to %i in ten seconds', async (max) => {
      const allowed: number[] = [];
      for (let second = 0; second < 300; second += 2) {
        if (await limits().take('key', [{ max, seconds: 10 }], later(second))) allowed.push(second);
      }
      const inWindow = allowed.map((end) => allowed.filter((second) => second <= end && second > end - 10).length);
      expect(Math.max(...inWindow)).toBe(max);
      expect(allowed).toHaveLength(30 * max);
    });
  });
}
