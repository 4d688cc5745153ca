/** A pair of items that may belong together. */
export interface Link {
  readonly a: number;
  readonly b: number;
  readonly similarity: number;
}

interface Merge {
  readonly a: number;
  readonly b: number;
  readonly average: number;
}

/**
 * Average-link clustering of `count` items: the two groups whose items are on average most alike are joined, until no
 * two are alike enough (1). The average keeps weak links from chaining a whole war into one story. Pairs that are not
 * given count as 0. Deterministic.
 */
export function cluster(count: number, links: readonly Link[]): number[][] {
  const groups = new Map(Array.from({ length: count }, (_, i) => [i, [i]]));
  const sums = new Map(Array.from({ length: count }, (_, i) => [i, new Map<number, number>()]));
  const queue = createQueue();
  for (const { a, b, similarity } of joinable(count, links)) {
    sums.get(a)?.set(b, similarity);
    sums.get(b)?.set(a, similarity);
    if (similarity >= 1) queue.push({ a: Math.min(a, b), b: Math.max(a, b), average: similarity });
  }
  let next = count;
  for (let best = queue.pop(); best; best = queue.pop()) {
    const [left, right] = [groups.get(best.a), groups.get(best.b)];
    if (!left || !right) continue;
    const joined = join(sums, best.a, best.b, next);
    groups.delete(best.a);
    groups.delete(best.b);
    groups.set(next, [...left, ...right]);
    for (const [other, sum] of joined) {
      const average = sum / ((left.length + right.length) * (groups.get(other)?.length ?? 1));
      if (average >= 1) queue.push({ a: other, b: next, average });
    }
    next++;
  }
  return [...groups.values()].map((members) => members.sort((a, b) => a - b));
}

/** Links inside a component of alike pairs: an average of 1 needs a pair of 1, so no other link can matter. */
function joinable(count: number, links: readonly Link[]): Link[] {
  const parent = Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== undefined && parent[at] !== at) at = parent[at] ?? at;
    parent[i] = at;
    return at;
  };
  for (const { a, b, similarity } of links) if (similarity >= 1) parent[root(a)] = root(b);
  return links.filter(({ a, b }) => root(a) === root(b));
}

/** Adds up the similarities of two groups to all others under the new group's number. */
function join(sums: Map<number, Map<number, number>>, a: number, b: number, made: number): Map<number, number> {
  const joined = new Map<number, number>();
  for (const old of [a, b]) {
    for (const [other, sum] of sums.get(old) ?? [])
      if (other !== a && other !== b) {
        joined.set(other, (joined.get(other) ?? 0) + sum);
        sums.get(other)?.delete(old);
      }
    sums.delete(old);
  }
  for (const [other, sum] of joined) sums.get(other)?.set(made, sum);
  sums.set(made, joined);
  return joined;
}

/** Binary heap, greatest average first; equal ones in the order of their numbers. */
function createQueue(): { push(merge: Merge): void; pop(): Merge | undefined } {
  const heap: Merge[] = [];
  const before = (i: number, j: number): boolean => {
    const [x, y] = [heap[i], heap[j]];
    return x !== undefined && y !== undefined && (x.average - y.average || y.a - x.a || y.b - x.b) > 0;
  };
  const swap = (i: number, j: number): void => {
    const [x, y] = [heap[i], heap[j]];
    if (x && y) [heap[i], heap[j]] = [y, x];
  };
  return {
    push(merge) {
      heap.push(merge);
      for (let i = heap.length - 1; i > 0 && before(i, (i - 1) >> 1); i = (i - 1) >> 1) swap(i, (i - 1) >> 1);
    },
    pop() {
      swap(0, heap.length - 1);
      const top = heap.pop();
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2];
        const child = before(right, left) ? right : left;
        if (!before(child, i)) return top;
        swap(i, child);
        i = child;
      }
    },
  };
}
