import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cluster, type Link } from '../../lib/selection/stories/cluster.ts';

const sorted = (groups: number[][]) => groups.map((group) => group.join(' ')).sort();

describe('cluster', () => {
  test('pairs that are alike enough are joined', () => {
    expect(sorted(cluster(3, [{ a: 0, b: 1, evidence: 1.2 }]))).toEqual(['0 1', '2']);
  });

  test('a chain of single links does not become one group', () => {
    const chain: Link[] = Array.from({ length: 9 }, (_, i) => ({ a: i, b: i + 1, evidence: 1.1 }));
    const sizes = cluster(10, chain).map((group) => group.length);
    expect(Math.max(...sizes)).toBe(2);
  });

  const link = fc.record({ a: fc.nat(11), b: fc.nat(11), evidence: fc.double({ min: -4, max: 4, noNaN: true }) });
  const links = fc
    .uniqueArray(link, { selector: ({ a, b }) => [Math.min(a, b), Math.max(a, b)].join() })
    .map((list) => list.filter(({ a, b }) => a !== b));

  test('every item is in exactly one group, whatever the links', () => {
    fc.assert(
      fc.property(links, (list) => {
        const all = cluster(12, list).flat();
        expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
      }),
    );
  });
});
