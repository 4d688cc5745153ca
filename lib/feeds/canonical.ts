import { escapeMarkup } from './entities.ts';
import { asHtml, type TextConstruct } from './text-construct.ts';
import { isTitle } from './vocabulary.ts';

/** One element: its text and attributes. `base` among them is the xml:base in force, where there is one. */
export interface RawField {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Elements of a feed or item by canonical name. */
export type Fields = Map<string, RawField[]>;

/** A feed as well-formed RSS 2.0 in our own prefixes, and what the parser has no business in beside it. */
export interface CanonicalFeed {
  readonly format: 'rss' | 'rdf' | 'atom';
  readonly xml: string;
  /** The elements that occur in `xml`. */
  readonly names: ReadonlySet<string>;
  /** Bodies and media: of the feed, and of each item in the order of `xml`. */
  readonly feedBeside: Fields;
  readonly itemsBeside: readonly Fields[];
}

/** What the parser knows in its dialects. Bodies stay out: its snippets take quadratic time on hostile ones. */
const FOR_THE_PARSER = new Set(
  'title link guid pubdate enclosure atom:title atom:link atom:id atom:published atom:updated'.split(' '),
);

/** Longest value of anything but a body; the rest of it is cut off. */
const MAX_VALUE = 16_384;

/** Writes the canonical document, element by element. */
export class CanonicalWriter {
  readonly #names = new Set<string>();
  readonly #feed: string[] = [];
  readonly #feedBeside: Fields = new Map();
  readonly #items: string[] = [];
  readonly #itemsBeside: Fields[] = [];
  readonly #documentUrl: string | undefined;
  #item: { readonly written: string[]; readonly beside: Fields } | undefined;

  constructor(documentUrl: string | undefined) {
    this.#documentUrl = documentUrl;
  }

  get itemCount(): number {
    return this.#items.length;
  }

  beginItem(): void {
    this.#item = { written: [], beside: new Map() };
  }

  /** Only an item that ended is part of the feed: one that is cut off in the middle may lack what identifies it. */
  endItem(): void {
    if (!this.#item) return;
    this.#items.push(`<item>${this.#item.written.join('')}</item>`);
    this.#itemsBeside.push(this.#item.beside);
    this.#item = undefined;
  }

  construct(name: string, construct: TextConstruct, base: string | undefined): void {
    if (isTitle(name)) this.record(name, construct.as === 'text' ? { as: 'text' } : {}, construct.value, undefined);
    else this.#keep(name, { text: asHtml(construct), attributes: this.#withBase({}, base) });
  }

  record(name: string, attributes: Readonly<Record<string, string>>, value: string, base: string | undefined): void {
    const text = (value.length > MAX_VALUE ? value.slice(0, MAX_VALUE).toWellFormed() : value).trim();
    const field = { text, attributes: this.#withBase(attributes, base) };
    if (FOR_THE_PARSER.has(name)) this.#write(name, field);
    else this.#keep(name, field);
  }

  #withBase(attributes: Readonly<Record<string, string>>, base: string | undefined): Readonly<Record<string, string>> {
    return base === undefined || base === this.#documentUrl ? attributes : { ...attributes, base };
  }

  #keep(name: string, field: RawField): void {
    const beside = this.#item?.beside ?? this.#feedBeside;
    const same = beside.get(name);
    if (same) same.push(field);
    else beside.set(name, [field]);
  }

  #write(name: string, { text, attributes }: RawField): void {
    this.#names.add(name);
    let tag = name;
    for (const key in attributes) tag += ` ${key}="${escapeMarkup(attributes[key] ?? '')}"`;
    const element = text ? `<${tag}>${escapeMarkup(text)}</${name}>` : `<${tag}/>`;
    (this.#item?.written ?? this.#feed).push(element);
  }

  finish(format: CanonicalFeed['format']): CanonicalFeed {
    return {
      format,
      xml: `<rss version="2.0"><channel>${this.#feed.join('')}${this.#items.join('')}</channel></rss>`,
      names: this.#names,
      feedBeside: this.#feedBeside,
      itemsBeside: this.#itemsBeside,
    };
  }
}
