/** Two groups that may be joined, and how much speaks for it. */
interface Merge {
  readonly a: number;
  readonly b: number;
  readonly score: number;
}

/** Binary heap, greatest score first; equal ones in the order of their numbers. */
export function createQueue(): { push(merge: Merge): void; pop(): Merge | undefined } {
  const heap: Merge[] = [];
  const before = (i: number, j: number): boolean => {
    const [x, y] = [heap[i], heap[j]];
    return x !== undefined && y !== undefined && (x.score - y.score || y.a - x.a || y.b - x.b) > 0;
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
