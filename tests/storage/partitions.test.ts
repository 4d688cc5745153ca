import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partitionOf, partitions, walk } from '../../lib/storage/dynamodb/partitions.ts';
import { everything } from '../contract/samples.ts';

describe('a walk through partitions', () => {
  test('gives every row of every partition once, however they are cut into pages, also empty ones', async () => {
    const pages = fc.array(fc.nat(3), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(pages, { maxLength: 40 }), async (sizes) => {
        const names = partitions(sizes.length);
        const found = await everything((cursor) => walk(names, cursor, async (name, start) => cut(sizes, name, start)));
        const rows = sizes.flatMap((of, index) => of.flatMap((size, page) => Array(size).fill(`${index}/${page}`)));
        expect(found.map(({ row }) => row).sort()).toEqual(rows.sort());
      }),
    );
  });

  /** A page of a partition whose pages have these sizes; `start` says which comes next. */
  function cut(sizes: readonly number[][], name: string, start: Readonly<Record<string, unknown>> | undefined) {
    const index = Number.parseInt(name, 16);
    const of = sizes[index] ?? [];
    const page = Number(start?.page ?? 0);
    const rows = Array.from({ length: of[page] ?? 0 }, () => ({ row: `${index}/${page}` }));
    return page + 1 < of.length ? { rows, last: { page: page + 1 } } : { rows };
  }

  test('ends at once where there are no partitions', async () => {
    expect(await walk([], undefined, async () => ({ rows: [] }))).toEqual({ items: [] });
  });

  test('reads at most sixteen partitions at once', async () => {
    let reading = 0;
    let most = 0;
    const read = async () => {
      most = Math.max(most, ++reading);
      await Promise.resolve();
      reading -= 1;
      return { rows: [] };
    };
    await everything((cursor) => walk(partitions(100), cursor, read));
    expect(most).toBe(16);
  });
});

test('ids fall into all partitions alike, also ids that are no hash', () => {
  const counts = new Map<string, number>();
  for (let number = 0; number < 16_000; number += 1) {
    const name = partitionOf(`reader-${number}`, 16);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(partitions(16));
  expect(Math.max(...counts.values())).toBeLessThan(1150);
});
