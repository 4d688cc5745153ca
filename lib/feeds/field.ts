import type { Attributes } from './attributes.ts';
import type { Element } from './elements.ts';
import { Markup } from './markup.ts';
import type { Scope } from './scope.ts';
import { type Convention, readConstruct, type TextConstruct } from './text-construct.ts';

/** A field that was begun and not yet ended: its text and tags are being gathered. */
export class Field {
  readonly #element: Element;
  readonly #markup = new Markup();
  /** Elements open inside it that are called as it is. */
  #nested = 0;

  constructor(element: Element) {
    this.#element = element;
  }

  get name(): string {
    return this.#element.name;
  }

  /** The xml:base in force, where there is one. */
  get base(): string | undefined {
    return this.#element.scope.base;
  }

  text(raw: string): void {
    this.#markup.text(raw);
  }

  cdata(text: string): void {
    this.#markup.cdata(text);
  }

  open(written: string, attributes: Attributes, selfClosing: boolean, scope: Scope): void {
    if (!selfClosing && written.toLowerCase() === this.#element.written) this.#nested += 1;
    this.#markup.open(htmlName(written, scope), attributes, selfClosing);
  }

  /** Whether an end tag is the field's own, and not that of an element inside it. */
  isEndedBy(written: string): boolean {
    return written === this.#element.written && this.#nested === 0;
  }

  close(written: string): void {
    if (written === this.#element.written) this.#nested -= 1;
    this.#markup.close(htmlName(written, this.#element.scope));
  }

  construct(convention: Convention): TextConstruct {
    return readConstruct(convention, this.#element.attributes, this.#markup);
  }
}

/** The name of an element inside a field: HTML loses its prefix. */
function htmlName(written: string, scope: Scope): string {
  const isHtml = scope.nameOf(written).startsWith('xhtml:');
  return (isHtml ? written.slice(written.indexOf(':') + 1) : written).toLowerCase();
}
