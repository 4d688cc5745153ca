/**
 * Works on every one, also after some failed: what is wrong with one edition must not keep the others waiting.
 * @throws when all had their turn: the failure itself if there was one, else an AggregateError of them
 */
export async function eachApart<T, R>(
  things: Iterable<T>,
  work: (thing: T) => Promise<R>,
  failed: (thing: T, error: unknown) => void,
): Promise<readonly R[]> {
  const done: R[] = [];
  const errors: unknown[] = [];
  for (const thing of things)
    try {
      done.push(await work(thing));
    } catch (error) {
      errors.push(error);
      failed(thing, error);
    }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} failed: ${errors.join('; ')}`);
  return done;
}
