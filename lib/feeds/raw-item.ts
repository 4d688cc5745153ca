import Parser from 'rss-parser';
import type { CanonicalFeed } from './canonical.ts';
import { FIELDS } from './vocabulary.ts';

/** One element as the parser gives it: its text and attributes. */
export interface RawField {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A feed or item as the parser gives it: elements by canonical name, in document order. */
export class RawRecord {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(fields: Readonly<Record<string, unknown>>) {
    this.#fields = fields;
  }

  /** All elements with this name. */
  all(name: string): readonly RawField[] {
    const values = this.#fields[keyOf(name)];
    return Array.isArray(values) ? values.map(toField) : NONE;
  }

  /** The elements with the first of these names that has any, then with the next … */
  ranked(names: readonly string[]): readonly RawField[] {
    return names.flatMap((name) => this.all(name));
  }
}

const NONE: readonly RawField[] = [];

/** Our keys stand beside the parser's own, which merge some elements and drop attributes. */
const KEYS: ReadonlyMap<string, string> = new Map([...FIELDS.keys(), 'about'].map((name) => [name, `all ${name}`]));

function keyOf(name: string): string {
  return KEYS.get(name) ?? name;
}

function toField(value: unknown): RawField {
  if (typeof value === 'string') return { text: value, attributes: {} };
  const { _: text, $: attributes } = value as { _?: string; $?: Record<string, string> };
  return { text: text ?? '', attributes: attributes ?? {} };
}

/** Reads a canonical document with rss-parser. */
export async function parseCanonical({
  xml,
  names,
}: Pick<CanonicalFeed, 'xml' | 'names'>): Promise<{ feed: RawRecord; items: readonly RawRecord[] }> {
  const custom = [...names].map((name) => [name, keyOf(name), { keepArray: true }]);
  // The parser's types know plain names only; its code takes [from, to, options] for feeds and items alike.
  const customFields = { feed: custom, item: custom } as unknown as { feed: []; item: [] };
  const feed = await new Parser<Record<string, unknown>, Record<string, unknown>>({ customFields }).parseString(xml);
  return { feed: new RawRecord(feed), items: feed.items.map((item) => new RawRecord(item)) };
}
