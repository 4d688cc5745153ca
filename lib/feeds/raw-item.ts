import Parser from 'rss-parser';
import type { CanonicalFeed, Fields, RawField } from './canonical.ts';

const NONE: readonly RawField[] = [];

/** A feed or item as the parser gives it, with what was kept beside: elements by canonical name, in document order. */
export class RawRecord {
  readonly #fields: Fields;

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  /** All elements with this name. */
  all(name: string): readonly RawField[] {
    return this.#fields.get(name) ?? NONE;
  }

  /** The elements with the first of these names that has any, then with the next … */
  ranked(names: readonly string[]): readonly RawField[] {
    const found: RawField[] = [];
    for (const name of names) {
      const fields = this.#fields.get(name);
      if (fields) found.push(...fields);
    }
    return found;
  }
}

/** Our keys stand beside the parser's own, which merge some elements and drop attributes. */
type Keys = readonly (readonly [name: string, key: string])[];

/** Reads a canonical document with rss-parser. */
export async function parseCanonical(
  canonical: CanonicalFeed,
): Promise<{ readonly feed: RawRecord; readonly items: readonly RawRecord[] }> {
  const keys: Keys = [...canonical.names].map((name) => [name, `all ${name}`]);
  const custom = keys.map(([name, key]) => [name, key, { keepArray: true }]);
  // The parser's types know plain names only; its code takes [from, to, options] for feeds and items alike.
  const customFields = { feed: custom, item: custom } as unknown as { feed: []; item: [] };
  const parser = new Parser<Record<string, unknown>, Record<string, unknown>>({ customFields });
  const feed = await parser.parseString(canonical.xml);
  return {
    feed: toRecord(feed, keys, canonical.feedBeside),
    items: feed.items.map((item, index) => toRecord(item, keys, canonical.itemsBeside[index] ?? new Map())),
  };
}

function toRecord(parsed: Readonly<Record<string, unknown>>, keys: Keys, beside: Fields): RawRecord {
  for (const [name, key] of keys) {
    const values = parsed[key];
    if (Array.isArray(values)) beside.set(name, values.map(toField));
  }
  return new RawRecord(beside);
}

/** xml2js gives a string for an element with nothing but text. */
function toField(value: unknown): RawField {
  if (typeof value === 'string') return { text: value, attributes: {} };
  const { _: text = '', $: attributes = {} } = value as { _?: string; $?: Record<string, string> };
  return { text, attributes };
}
