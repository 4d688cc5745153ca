import type { Attributes } from './attributes.ts';
import { decodeEntities, escapeMarkup } from './entities.ts';

/** Elements of HTML that have no end tag. */
export const VOID: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** The content of one field: character data, and tags where the publisher did not escape them. */
export class Markup {
  readonly #parts: { readonly kind: 'text' | 'cdata' | 'tag'; value: string }[] = [];
  #tags = false;

  /** Pieces that follow each other become one: a field may come as millions of them. */
  text(raw: string): void {
    const last = this.#parts.at(-1);
    if (last?.kind === 'text') last.value += raw;
    else this.#parts.push({ kind: 'text', value: raw });
  }

  cdata(text: string): void {
    this.#parts.push({ kind: 'cdata', value: text });
  }

  open(name: string, attributes: Attributes, selfClosing: boolean): void {
    this.#tags = true;
    const written = [...attributes].map(([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`).join('');
    const ending = selfClosing && !VOID.has(name) ? `</${name}>` : '';
    this.#parts.push({ kind: 'tag', value: `<${name}${written}>${ending}` });
  }

  close(name: string): void {
    if (!VOID.has(name)) this.#parts.push({ kind: 'tag', value: `</${name}>` });
  }

  /** True when tags stood in the field unescaped: then it is markup whatever its type says. */
  get hasTags(): boolean {
    return this.#tags;
  }

  /** The characters of the field, entities decoded once. */
  characters(): string {
    return this.#parts.map(({ kind, value }) => (kind === 'text' ? decodeEntities(value) : value)).join('');
  }

  /** The field as HTML when it holds tags: what was escaped stays escaped. */
  html(): string {
    return this.#parts
      .map(({ kind, value }) => (kind === 'text' ? escapeMarkup(decodeEntities(value)) : value))
      .join('');
  }
}
