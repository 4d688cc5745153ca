import type { Attributes } from './attributes.ts';
import { type CanonicalFeed, CanonicalWriter } from './canonical.ts';
import { type Element, formatOf, pick } from './elements.ts';
import { decodeEntities, dropForbidden } from './entities.ts';
import { Field } from './field.ts';
import { OpenElements } from './open-elements.ts';
import { Scope } from './scope.ts';
import type { Convention } from './text-construct.ts';
import { type TokenHandler, tokenise } from './tokens.ts';
import { endsField, FIELDS, isItem, isPart, isStray, isTitle } from './vocabulary.ts';

/** Deeper elements are not followed. */
const MAX_DEPTH = 200;

/**
 * Turns what a publisher serves as RSS, RDF or Atom into a well-formed document in one dialect, whatever is wrong with
 * it: undeclared or odd prefixes, missing or crossed tags, bare `&` and `<`, HTML entities, unescaped HTML in fields,
 * junk before and after. A document cut off in the middle gives the items that are whole. Linear time.
 * @param base the document's own address, when known
 * @returns undefined when there is no feed in it
 */
export function repair(xml: string, base: string | undefined, maxItems: number): CanonicalFeed | undefined {
  const reader = new Repair(base, maxItems);
  tokenise(dropForbidden(xml), reader);
  return reader.finish();
}

class Repair implements TokenHandler {
  readonly #out: CanonicalWriter;
  readonly #maxItems: number;
  readonly #open: OpenElements;
  #format: CanonicalFeed['format'] | undefined;
  #field: Field | undefined;
  /** RSS 0.9x and 1.0 define titles as text; RSS 2.0 leaves it open, and publishers write HTML. */
  #plainTitles = false;

  constructor(base: string | undefined, maxItems: number) {
    this.#out = new CanonicalWriter(base);
    this.#open = new OpenElements(this.#out, new Scope(base));
    this.#maxItems = maxItems;
  }

  finish(): CanonicalFeed | undefined {
    if (!this.#format) return undefined;
    return this.#out.finish(this.#format);
  }

  text(raw: string): void {
    (this.#field ?? this.#open).text(raw);
  }

  cdata(text: string): void {
    (this.#field ?? this.#open).cdata(text);
  }

  open(written: string, attributes: Attributes, selfClosing: boolean): void {
    const scope = this.#open.scope.enter(attributes);
    const name = this.#nameOf(written, scope);
    if (this.#field && !endsField(this.#field.name, name)) {
      this.#field.open(written, attributes, selfClosing, scope);
      return;
    }
    this.#endField();
    const { depth } = this.#open;
    this.#begin(written.toLowerCase(), name, attributes, scope);
    if (selfClosing && (this.#field || this.#open.depth > depth)) this.close(written);
  }

  /** Atom without its namespace is Atom all the same. */
  #nameOf(written: string, scope: Scope): string {
    const name = scope.nameOf(written);
    return this.#format === 'atom' && !name.includes(':') ? `atom:${name}` : name;
  }

  #begin(written: string, name: string, attributes: Attributes, scope: Scope): void {
    if (isItem(name) && this.#format) this.#open.end(({ role }) => role === 'item');
    if (this.#leavesRecord(name)) this.#open.pop();
    if (!this.#format) this.#beginRoot(written, name, attributes, scope);
    else if (this.#open.depth < MAX_DEPTH && !isStray(name)) {
      this.#beginElement(written, name, attributes, scope);
    }
  }

  /** In a record, a field shows that the record's end was forgotten; only images have titles and links. */
  #leavesRecord(name: string): boolean {
    const parent = this.#open.top;
    return parent?.role === 'record' && parent.name !== 'image' && FIELDS.has(name) && !isPart(name);
  }

  #beginRoot(written: string, name: string, attributes: Attributes, scope: Scope): void {
    const format = formatOf(name);
    if (!format) return;
    this.#format = format;
    this.#plainTitles = format === 'rdf' || /^0\.9/.test(attributes.get('version') ?? '');
    const core = format === 'rss' ? scope.withDefault('') : scope;
    this.#open.push({ written, name, scope: core, attributes: pick(attributes) }, 'feed');
  }

  #beginElement(written: string, name: string, attributes: Attributes, scope: Scope): void {
    const element = { written, name, scope, attributes: pick(attributes) };
    const role = this.#open.top?.role ?? 'feed';
    if (role === 'record') this.#open.push(element, isPart(name) ? 'part' : 'skip');
    else if (role === 'skip' || role === 'part') this.#open.push(element, 'skip');
    else if (name === 'channel' && role === 'feed') this.#open.push(element, 'feed');
    else if (isItem(name)) this.#beginItem(element, attributes);
    else this.#beginField(element);
  }

  #beginItem(element: Element, attributes: Attributes): void {
    const wanted = this.#out.itemCount < this.#maxItems;
    if (wanted) this.#out.beginItem();
    this.#open.push(element, wanted ? 'item' : 'skip');
    const about = attributes.get('rdf:about');
    if (wanted && about) this.#out.record('about', {}, decodeEntities(about), undefined);
  }

  #beginField(element: Element): void {
    const kind = FIELDS.get(element.name);
    if (kind === undefined || (this.#open.inFeed && element.name === 'image')) this.#open.push(element, 'skip');
    else if (kind === 'markup') this.#field = new Field(element);
    else {
      if (kind === 'through' && Object.keys(element.attributes).length > 0) this.#open.record(element, '');
      this.#open.push(element, kind);
    }
  }

  close(written: string): void {
    const name = written.toLowerCase();
    if (this.#field?.isEndedBy(name)) this.#endField();
    else if (this.#field && !this.#open.has(name)) this.#field.close(name);
    else {
      this.#endField();
      this.#open.end((open) => open.written === name);
    }
  }

  #endField(): void {
    const field = this.#field;
    if (!field) return;
    this.#field = undefined;
    this.#out.construct(field.name, field.construct(this.#conventionOf(field.name)), field.base);
  }

  #conventionOf(name: string): Convention {
    if (name.startsWith('atom:')) return 'atom';
    return this.#plainTitles && isTitle(name) ? 'plain' : 'html';
  }
}
