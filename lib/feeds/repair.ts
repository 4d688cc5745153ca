import type { Attributes } from './attributes.ts';
import { type CanonicalFeed, CanonicalWriter } from './canonical.ts';
import { type Field, formatOf, htmlName, type Open, pick } from './elements.ts';
import { decodeEntities, dropForbidden } from './entities.ts';
import { Markup } from './markup.ts';
import { OpenElements } from './open-elements.ts';
import { Scope } from './scope.ts';
import { type Convention, readConstruct } from './text-construct.ts';
import { type TokenHandler, tokenise } from './tokens.ts';
import { endsField, FIELDS, isItem, isTitle } from './vocabulary.ts';

/** Deeper elements are not followed. */
const MAX_DEPTH = 200;
/** Unescaped HTML between the elements of an item: it has no end tag and holds nothing. */
const STRAY = /^(?:br|hr|img|wbr)$/;
/** Children of a record that become its attributes. */
const PARTS = /(?:^|:)(?:name|email|url|hour)$/;

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
    if (this.#field) this.#field.markup.text(raw);
    else this.#recordText(raw, true);
  }

  cdata(text: string): void {
    if (this.#field) this.#field.markup.cdata(text);
    else this.#recordText(text, false);
  }

  #recordText(text: string, encoded: boolean): void {
    const { top } = this.#open;
    if (top?.role === 'record' || top?.role === 'part') top.text += encoded ? decodeEntities(text) : text;
  }

  open(written: string, attributes: Attributes, selfClosing: boolean): void {
    const scope = this.#open.scope.enter(attributes);
    const name = this.#nameOf(written, scope);
    if (this.#field && !this.#interrupts(this.#field, name)) {
      this.#insideField(this.#field, written, attributes, selfClosing, scope);
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

  #interrupts(field: Field, name: string): boolean {
    return isItem(name) || endsField(field.name, name);
  }

  #insideField(field: Field, written: string, attributes: Attributes, selfClosing: boolean, scope: Scope): void {
    const same = written.toLowerCase() === field.written;
    if (same && !selfClosing) field.nested += 1;
    field.markup.open(htmlName(written, scope), attributes, selfClosing);
  }

  #begin(written: string, name: string, attributes: Attributes, scope: Scope): void {
    if (isItem(name) && this.#format) this.#open.end(({ role }) => role === 'item');
    if (this.#leavesRecord(name)) this.#open.pop();
    if (!this.#format) this.#beginRoot(written, name, attributes, scope);
    else if (this.#open.depth < MAX_DEPTH && !STRAY.test(name)) {
      this.#beginElement(written, name, attributes, scope);
    }
  }

  /** A field inside a record shows that the record's end was forgotten; only images have titles and links of their own. */
  #leavesRecord(name: string): boolean {
    const parent = this.#open.top;
    return parent?.role === 'record' && parent.name !== 'image' && FIELDS.has(name) && !PARTS.test(name);
  }

  #beginRoot(written: string, name: string, attributes: Attributes, scope: Scope): void {
    const format = formatOf(name);
    if (!format) return;
    this.#format = format;
    this.#plainTitles = format === 'rdf' || /^0\.9/.test(attributes.get('version') ?? '');
    const core = format === 'rss' ? scope.withDefault('') : scope;
    this.#open.push({ written, name, role: 'feed', scope: core, attributes: pick(attributes), text: '' });
  }

  #beginElement(written: string, name: string, attributes: Attributes, scope: Scope): void {
    const open = { written, name, scope, attributes: pick(attributes), text: '' };
    const role = this.#open.top?.role ?? 'feed';
    if (role === 'record') this.#open.push({ ...open, role: PARTS.test(name) ? 'part' : 'skip' });
    else if (role === 'skip' || role === 'part') this.#open.push({ ...open, role: 'skip' });
    else if (name === 'channel' && role === 'feed') this.#open.push({ ...open, role: 'feed' });
    else if (isItem(name)) this.#beginItem(open, attributes);
    else this.#beginField(open);
  }

  #beginItem(open: Omit<Open, 'role'>, attributes: Attributes): void {
    const wanted = this.#out.itemCount < this.#maxItems;
    if (wanted) this.#out.beginItem();
    this.#open.push({ ...open, role: wanted ? 'item' : 'skip' });
    const about = attributes.get('rdf:about');
    if (wanted && about) this.#out.record('about', {}, decodeEntities(about), undefined);
  }

  #beginField(open: Omit<Open, 'role'>): void {
    const kind = FIELDS.get(open.name);
    if (kind === undefined || (this.#open.inFeed && open.name === 'image')) this.#open.push({ ...open, role: 'skip' });
    else if (kind === 'markup') this.#field = { ...open, markup: new Markup(), nested: 0 };
    else if (kind === 'record') this.#open.push({ ...open, role: 'record' });
    else {
      if (Object.keys(open.attributes).length > 0) this.#open.record(open);
      this.#open.push({ ...open, role: 'through' });
    }
  }

  close(written: string): void {
    const name = written.toLowerCase();
    if (this.#field && this.#closesInside(this.#field, name)) return;
    this.#open.end((open) => open.written === name);
  }

  /** True when the end tag belongs to the open field or to HTML inside it. */
  #closesInside(field: Field, written: string): boolean {
    if (written === field.written && field.nested === 0) {
      this.#endField();
      return true;
    }
    if (written === field.written) field.nested -= 1;
    const structural = this.#open.has(written);
    if (structural) this.#endField();
    else field.markup.close(htmlName(written, field.scope));
    return !structural;
  }

  #endField(): void {
    const field = this.#field;
    if (!field) return;
    this.#field = undefined;
    const construct = readConstruct(this.#conventionOf(field.name), field.attributes, field.markup);
    this.#out.construct(field.name, construct, field.scope.base);
  }

  #conventionOf(name: string): Convention {
    if (name.startsWith('atom:')) return 'atom';
    return this.#plainTitles && isTitle(name) ? 'plain' : 'html';
  }
}
