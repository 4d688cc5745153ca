import type { CanonicalWriter } from './canonical.ts';
import { addPart, type Element, type Open } from './elements.ts';
import { decodeEntities } from './entities.ts';
import type { Scope } from './scope.ts';

/** The elements of a document that are open, and what their ends write. */
export class OpenElements {
  readonly #out: CanonicalWriter;
  readonly #stack: Open[] = [];
  #scope: Scope;

  constructor(out: CanonicalWriter, scope: Scope) {
    this.#out = out;
    this.#scope = scope;
  }

  /** What an element that begins now inherits. */
  get scope(): Scope {
    return this.#scope;
  }

  get depth(): number {
    return this.#stack.length;
  }

  get top(): Open | undefined {
    return this.#stack.at(-1);
  }

  /** Whether only the feed itself is open, so that a field belongs to it. */
  get inFeed(): boolean {
    return this.#stack.every(({ role }) => role === 'feed');
  }

  has(written: string): boolean {
    return this.#stack.some((open) => open.written === written);
  }

  push(element: Element, role: Open['role']): void {
    this.#stack.push({ ...element, role, text: '' });
    this.#scope = element.scope;
  }

  /** Ends the innermost element that `isIt` tells, with all inside it; nothing when none is open. */
  end(isIt: (open: Open) => boolean): void {
    const at = this.#stack.findLastIndex(isIt);
    if (at < 0) return;
    while (this.#stack.length > at) this.pop();
  }

  pop(): void {
    const open = this.#stack.pop();
    const parent = this.top;
    if (open?.role === 'item') this.#out.endItem();
    if (open?.role === 'part' && parent) addPart(parent.attributes, open);
    if (open?.role === 'record') this.record(open, open.text);
    if (parent) this.#scope = parent.scope;
  }

  /** Outside fields, character data counts in records and their parts only. */
  text(raw: string): void {
    const record = this.#record;
    if (record) record.text += decodeEntities(raw);
  }

  cdata(text: string): void {
    const record = this.#record;
    if (record) record.text += text;
  }

  get #record(): Open | undefined {
    const { top } = this;
    return top?.role === 'record' || top?.role === 'part' ? top : undefined;
  }

  record({ name, attributes, scope }: Element, text: string): void {
    this.#out.record(name, attributes, text, scope.base);
  }
}
