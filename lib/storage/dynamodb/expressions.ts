/** The parts of a DynamoDB expression that can be joined. */
export interface Expression {
  readonly text: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** `SET` for the given fields of the object under `root`; undefined ones stay as they are. */
export function assign(root: string, fields: Readonly<Record<string, unknown>>): Expression {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    text: `SET ${given.map(([field]) => `#root.#${field} = :${field}`).join(', ')}`,
    names: { '#root': root, ...Object.fromEntries(given.map(([field]) => [`#${field}`, field])) },
    values: Object.fromEntries(given.map(([field, value]) => [`:${field}`, value])),
  };
}
