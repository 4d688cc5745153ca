/** Whether two values are deeply equal. Seldom asked; importing `node:util` earlier would cost every start several ms. */
export async function isSame(one: unknown, other: unknown): Promise<boolean> {
  const { isDeepStrictEqual } = await import('node:util');
  return isDeepStrictEqual(one, other);
}
