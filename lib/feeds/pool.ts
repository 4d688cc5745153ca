/**
 * Runs `work` for every input, at most `size` at a time, in order of the inputs; gives the results in that order. When
 * one throws, no further one is begun, and its error is thrown once those that run have ended.
 */
export async function inPool<T, R>(inputs: readonly T[], size: number, work: (input: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const runner = async () => {
    while (next < inputs.length) {
      const index = next++;
      results[index] = await work(inputs[index] as T).catch((error: unknown) => {
        next = inputs.length;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(size, inputs.length) }, runner));
  const failed = ended.find((runner) => runner.status === 'rejected');
  if (failed) throw failed.reason;
  return results;
}
