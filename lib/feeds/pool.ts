/** Runs `work` for every input, at most `size` at a time, in order of the inputs; gives the results in that order. */
export async function inPool<T, R>(inputs: readonly T[], size: number, work: (input: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const runner = async () => {
    while (next < inputs.length) {
      const index = next++;
      results[index] = await work(inputs[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(size, inputs.length) }, runner));
  return results;
}
