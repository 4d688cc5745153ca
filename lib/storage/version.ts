/** @throws RangeError when the caller forgot to count the version on: then every later write would be refused */
export function mustFollow({ version }: { readonly version: number }, expected: number): void {
  if (version !== expected + 1) throw new RangeError(`version ${version} cannot follow ${expected}`);
}
