import type { Attributes } from './attributes.ts';
import { type CanonicalFeed, CanonicalWriter } from './canonical.ts';
import { addPart, type Field, formatOf, htmlName, type Open, pick } from './elements.ts';
import { decodeEntities, dropForbidden } from './entities.ts';
import { Markup } from './markup.ts';
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
  readonly #stack: Open[] = [];
  #scope: Scope;
  #format: CanonicalFeed['format'] | undefined;
  #field: Field | undefined;
  /** RSS 0.9x and 1.0 define titles as text; RSS 2.0 leaves it open, and publishers write HTML. */
  #plainTitles = false;

  constructor(base: string | undefined, maxItems: number) {
    this.#out = new CanonicalWriter(base);
    this.#scope = new Scope(base);
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
    const top = this.#stack.at(-1);
    if (top?.role === 'record' || top?.role === 'part') top.text += encoded ? decodeEntities(text) : text;
  }

  open(written: string, attributes: Attributes, selfClosing: boolean): void {
    const scope = this.#scope.enter(attributes);
    const name = this.#nameOf(written, scope);
    if (this.#field && !this.#interrupts(this.#field, name)) {
      this.#insideField(this.#field, written, attributes, selfClosing, scope);
      return;
    }
    this.#endField();
    const depth = this.#stack.length;
    this.#begin(written.toLowerCase(), name, attributes, scope);
    if (selfClosing && (this.#field || this.#stack.length > depth)) this.close(written);
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
    if (isItem(name) && this.#format) this.#endOpenItem();
    if (this.#leavesRecord(name)) this.#pop();
    if (!this.#format) this.#beginRoot(written, name, attributes, scope);
    else if (this.#stack.length < MAX_DEPTH && !STRAY.test(name)) {
      this.#beginElement(written, name, attributes, scope);
    }
  }

  /** A field inside a record shows that the record's end was forgotten; only images have titles and links of their own. */
  #leavesRecord(name: string): boolean {
    const parent = this.#stack.at(-1);
    return parent?.role === 'record' && parent.name !== 'image' && FIELDS.has(name) && !PARTS.test(name);
  }

  #beginRoot(written: string, name: string, attributes: Attributes, scope: Scope): void {
    const format = formatOf(name);
    if (!format) return;
    this.#format = format;
    this.#plainTitles = format === 'rdf' || /^0\.9/.test(attributes.get('version') ?? '');
    const core = format === 'rss' ? scope.withDefault('') : scope;
    this.#push({ written, name, role: 'feed', scope: core, attributes: pick(attributes), text: '' });
  }

  #beginElement(written: string, name: string, attributes: Attributes, scope: Scope): void {
    const open = { written, name, scope, attributes: pick(attributes), text: '' };
    const role = this.#stack.at(-1)?.role ?? 'feed';
    if (role === 'record') this.#push({ ...open, role: PARTS.test(name) ? 'part' : 'skip' });
    else if (role === 'skip' || role === 'part') this.#push({ ...open, role: 'skip' });
    else if (name === 'channel' && role === 'feed') this.#push({ ...open, role: 'feed' });
    else if (isItem(name)) this.#beginItem(open, attributes);
    else this.#beginField(open);
  }

  #beginItem(open: Omit<Open, 'role'>, attributes: Attributes): void {
    const wanted = this.#out.itemCount < this.#maxItems;
    if (wanted) this.#out.beginItem();
    this.#push({ ...open, role: wanted ? 'item' : 'skip' });
    const about = attributes.get('rdf:about');
    if (wanted && about) this.#out.record('about', {}, decodeEntities(about), undefined);
  }

  #beginField(open: Omit<Open, 'role'>): void {
    const kind = FIELDS.get(open.name);
    const inFeed = this.#stack.every(({ role }) => role === 'feed');
    if (kind === undefined || (inFeed && open.name === 'image')) this.#push({ ...open, role: 'skip' });
    else if (kind === 'markup') this.#field = { ...open, markup: new Markup(), nested: 0 };
    else if (kind === 'record') this.#push({ ...open, role: 'record' });
    else {
      if (Object.keys(open.attributes).length > 0) this.#record(open);
      this.#push({ ...open, role: 'through' });
    }
  }

  close(written: string): void {
    const name = written.toLowerCase();
    if (this.#field && this.#closesInside(this.#field, name)) return;
    const at = this.#stack.findLastIndex((open) => open.written === name);
    if (at < 0) return;
    while (this.#stack.length > at) this.#pop();
  }

  /** True when the end tag belongs to the open field or to HTML inside it. */
  #closesInside(field: Field, written: string): boolean {
    if (written === field.written && field.nested === 0) {
      this.#endField();
      return true;
    }
    if (written === field.written) field.nested -= 1;
    const structural = this.#stack.some((open) => open.written === written);
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

  #record({ name, attributes, text, scope }: Omit<Open, 'role'>): void {
    this.#out.record(name, attributes, text, scope.base);
  }

  #conventionOf(name: string): Convention {
    if (name.startsWith('atom:')) return 'atom';
    return this.#plainTitles && isTitle(name) ? 'plain' : 'html';
  }

  #endOpenItem(): void {
    const at = this.#stack.findLastIndex((open) => open.role === 'item');
    if (at < 0) return;
    while (this.#stack.length > at) this.#pop();
  }

  #push(open: Open): void {
    this.#stack.push(open);
    this.#scope = open.scope;
  }

  #pop(): void {
    const open = this.#stack.pop();
    const parent = this.#stack.at(-1);
    if (open?.role === 'item') this.#out.endItem();
    if (open?.role === 'part' && parent) addPart(parent.attributes, open);
    if (open?.role === 'record') this.#record(open);
    if (parent) this.#scope = parent.scope;
  }
}
