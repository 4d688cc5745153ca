/** Attributes of one tag, names as written, values raw (entities not decoded). */
export type Attributes = ReadonlyMap<string, string>;

/** Receives the pieces of a document in order; a tag is what stands from `at` to `end`. */
export interface TokenHandler {
  open(name: string, attributes: Attributes, selfClosing: boolean, at: number, end: number): void;
  close(name: string, at: number, end: number): void;
  /** Character data with its entities still in it. */
  text(raw: string): void;
  cdata(text: string): void;
}

const NO_ATTRIBUTES: Attributes = new Map();
const LESS = 0x3c;
const GREATER = 0x3e;
const SPACES = [9, 10, 12, 13, 32];

/** For each character of ASCII whether it ends a run of characters. */
function enders(...codes: readonly number[]): Uint8Array {
  const table = new Uint8Array(128);
  for (const code of codes) table[code] = 1;
  return table;
}

const NAME_END = enders(...SPACES, 0x2f, LESS, GREATER, 0x3d, 0x22, 0x27);
const UNQUOTED_END = enders(...SPACES, LESS, GREATER);
const TAG_END = enders(LESS, GREATER);
/** All but white space ends white space; between attributes a slash counts as some. */
const SPACE_END = new Uint8Array(128).map((_, code) => (SPACES.includes(code) ? 0 : 1));
const GAP_END = new Uint8Array(128).map((_, code) => (SPACES.includes(code) || code === 0x2f ? 0 : 1));
const ITEM_ENDS = ['</item>', '</entry>'];

/**
 * Cuts a text that wants to be XML into tags and character data. Never throws and takes linear time on any input:
 * a `<` that begins no tag is text, an attribute without its closing quote ends at the tag's end, a comment or
 * instruction that never ends costs one tag, a CDATA section that never ends is read as text and tags.
 * DOCTYPE declarations with everything in them are dropped: no entity is ever defined, no file ever named.
 */
export function tokenise(xml: string, handler: TokenHandler): void {
  new Scanner(xml, handler).run();
}

class Scanner {
  readonly #xml: string;
  readonly #to: TokenHandler;
  readonly #found = new Map<string, number>();
  #at = 0;

  constructor(xml: string, to: TokenHandler) {
    this.#xml = xml;
    this.#to = to;
  }

  run(): void {
    while (this.#at < this.#xml.length) {
      const tag = this.#xml.indexOf('<', this.#at);
      if (tag !== this.#at) this.#to.text(this.#xml.slice(this.#at, tag < 0 ? undefined : tag));
      if (tag < 0) return;
      this.#at = tag;
      this.#token();
    }
  }

  #token(): void {
    const next = this.#xml.charCodeAt(this.#at + 1);
    if (next === 0x21) this.#declaration();
    else if (next === 0x3f) this.#skipPast('?>');
    else if (next === 0x2f) this.#closingTag();
    else if (isNameStart(next)) this.#openingTag();
    else {
      this.#to.text('<');
      this.#at += 1;
    }
  }

  /** Like indexOf, but a search that went far, or to the end, is not made again: floods would make it quadratic. */
  #find(needle: string, from: number): number {
    const before = this.#found.get(needle);
    if (before !== undefined && (before < 0 || before >= from)) return before;
    const found = this.#xml.indexOf(needle, from);
    this.#found.set(needle, found);
    return found;
  }

  #skipPast(end: string): void {
    const found = this.#find(end, this.#at + 2);
    const stop = found < 0 ? this.#find('>', this.#at) : found + end.length - 1;
    this.#at = stop < 0 ? this.#xml.length : stop + 1;
  }

  #declaration(): void {
    if (this.#xml.startsWith('<!--', this.#at)) this.#skipPast('-->');
    else if (this.#xml.slice(this.#at, this.#at + 9).toUpperCase() === '<![CDATA[') this.#characterData();
    else this.#doctype();
  }

  /** A section that never ends, or only after the end of its item, has lost its end: what is in it is read as it is. */
  #characterData(): void {
    const start = this.#at + 9;
    const end = this.#find(']]>', start);
    const isLost = end < 0 || ITEM_ENDS.some((tag) => isBetween(this.#find(tag, start), start, end));
    if (!isLost) this.#to.cdata(this.#xml.slice(start, end));
    this.#at = isLost ? start : end + 3;
  }

  /** `<!DOCTYPE … [ … ]>`: an internal subset hides `>` until its bracket closes. */
  #doctype(): void {
    const tagEnd = this.#find('>', this.#at);
    const subset = tagEnd >= 0 && this.#xml.slice(this.#at, tagEnd).includes('[');
    const bracket = subset ? this.#find(']', tagEnd) : -1;
    const end = bracket < 0 ? tagEnd : this.#find('>', bracket);
    this.#at = end < 0 ? this.#xml.length : end + 1;
  }

  #closingTag(): void {
    const start = this.#at;
    this.#at += 2;
    const name = this.#take(TAG_END);
    if (this.#xml.charCodeAt(this.#at) === GREATER) this.#at += 1;
    this.#to.close(name.trim(), start, this.#at);
  }

  #openingTag(): void {
    const start = this.#at;
    this.#at += 1;
    const name = this.#take(NAME_END);
    const attributes = this.#xml.charCodeAt(this.#at) === GREATER ? NO_ATTRIBUTES : this.#attributes();
    const ended = this.#xml.charCodeAt(this.#at) === GREATER;
    const selfClosing = ended && this.#xml.charCodeAt(this.#at - 1) === 0x2f;
    if (ended) this.#at += 1;
    this.#to.open(name, attributes, selfClosing, start, this.#at);
  }

  /** What stands from here to the next character that `end` names; characters beyond ASCII end nothing but white space. */
  #take(end: Uint8Array): string {
    const start = this.#at;
    this.#skip(end, false);
    return this.#xml.slice(start, this.#at);
  }

  #skip(end: Uint8Array, beyondEnds: boolean): void {
    for (; this.#at < this.#xml.length; this.#at++) {
      const code = this.#xml.charCodeAt(this.#at);
      if (code < 128 ? end[code] === 1 : beyondEnds) return;
    }
  }

  #attributes(): Attributes {
    const attributes = new Map<string, string>();
    for (;;) {
      this.#skip(GAP_END, true);
      const code = this.#xml.charCodeAt(this.#at);
      if (Number.isNaN(code) || code === GREATER || code === LESS) return attributes;
      const name = this.#take(NAME_END);
      const value = this.#value(name === '');
      if (name && !attributes.has(name)) attributes.set(name, value);
    }
  }

  /** The value after a name; a character that belongs to no name is passed over. */
  #value(orphan: boolean): string {
    const before = this.#at;
    this.#skip(SPACE_END, true);
    if (this.#xml.charCodeAt(this.#at) !== 0x3d) {
      this.#at = before + (orphan ? 1 : 0);
      return '';
    }
    this.#at += 1;
    this.#skip(SPACE_END, true);
    return this.#quoted() ?? this.#unquoted();
  }

  /**
   * Undefined when there is no quote, or when its end was forgotten: a tag would lie inside the value, and what follows
   * does not look like the end of an attribute.
   */
  #quoted(): string | undefined {
    const quote = this.#xml[this.#at];
    if (quote !== '"' && quote !== "'") return undefined;
    const end = this.#quoteEnd(quote);
    if (end < 0) return undefined;
    const value = this.#xml.slice(this.#at + 1, end);
    const tagEnd = value.indexOf('>');
    const isWhole = !value.endsWith('=') && /^[\s/>]/.test(this.#xml.slice(end + 1, end + 2));
    if (tagEnd >= 0 && !isWhole && value.includes('<', tagEnd)) return undefined;
    this.#at = end + 1;
    return value;
  }

  /** Quotes that are there are near; only the search for one that is not would go far. */
  #quoteEnd(quote: string): number {
    if (this.#found.get(quote) === -1) return -1;
    const end = this.#xml.indexOf(quote, this.#at + 1);
    if (end < 0) this.#found.set(quote, -1);
    return end;
  }

  #unquoted(): string {
    return this.#take(UNQUOTED_END).replace(/^["']/, '').replace(/\/$/, '');
  }
}

function isBetween(at: number, start: number, end: number): boolean {
  return at >= start && at < end;
}

/** Letters, `_`, `:` and everything beyond ASCII; so `a < b` and `<3` stay text. */
function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58 || code >= 128;
}
