import { escapeMarkup } from './entities.ts';
import { asHtml, type TextConstruct } from './text-construct.ts';
import { isTitle } from './vocabulary.ts';

/** A summary or content: kept beside the document, since the parser has no business inside it. */
export interface Body {
  readonly html: string;
  /** The xml:base in force there, if any; may be relative when nothing above it was absolute. */
  readonly base: string | undefined;
}

/** A feed as well-formed RSS 2.0 in our own prefixes, its bodies apart: the body elements hold an index into `bodies`. */
export interface CanonicalFeed {
  readonly format: 'rss' | 'rdf' | 'atom';
  readonly xml: string;
  readonly bodies: readonly Body[];
  /** The elements that occur in it. */
  readonly names: ReadonlySet<string>;
}

/** Longest value of anything but a body; the rest of it is cut off. */
const MAX_VALUE = 16_384;

/** Writes the canonical document, element by element. */
export class CanonicalWriter {
  readonly bodies: Body[] = [];
  readonly names = new Set<string>();
  readonly #feed: string[] = [];
  readonly #items: string[] = [];
  readonly #documentUrl: string | undefined;
  #item: string[] | undefined;

  constructor(documentUrl: string | undefined) {
    this.#documentUrl = documentUrl;
  }

  get itemCount(): number {
    return this.#items.length;
  }

  beginItem(): void {
    this.#item = [];
  }

  /** Only an item that ended is part of the feed: one that is cut off in the middle may lack what identifies it. */
  endItem(): void {
    if (this.#item) this.#items.push(`<item>${this.#item.join('')}</item>`);
    this.#item = undefined;
  }

  construct(name: string, construct: TextConstruct, base: string | undefined): void {
    if (isTitle(name)) {
      this.record(name, new Map(construct.as === 'text' ? [['as', 'text']] : []), construct.value, undefined);
      return;
    }
    const own = base === this.#documentUrl ? undefined : base;
    const index = this.bodies.push({ html: asHtml(construct), base: own }) - 1;
    this.#write(name, '', String(index));
  }

  record(name: string, attributes: ReadonlyMap<string, string>, text: string, base: string | undefined): void {
    let written = '';
    for (const [key, value] of attributes) written += ` ${key}="${this.#safe(value)}"`;
    if (base !== undefined && base !== this.#documentUrl) written += ` base="${this.#safe(base)}"`;
    this.#write(name, written, this.#safe(text.trim()));
  }

  #safe(value: string): string {
    return escapeMarkup(value.length > MAX_VALUE ? value.slice(0, MAX_VALUE).toWellFormed() : value);
  }

  #write(name: string, attributes: string, content: string): void {
    this.names.add(name);
    const element = content ? `<${name}${attributes}>${content}</${name}>` : `<${name}${attributes}/>`;
    (this.#item ?? this.#feed).push(element);
  }

  finish(): string {
    return `<rss version="2.0"><channel>${this.#feed.join('')}${this.#items.join('')}</channel></rss>`;
  }
}
