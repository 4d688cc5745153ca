import type { Attributes } from './attributes.ts';
import { decodeEntities, escapeMarkup } from './entities.ts';
import { VOID } from './markup.ts';
import { tokenise } from './tokens.ts';
import { isTracker } from './trackers.ts';
import { webUrl } from './urls.ts';

/** Elements that may stay, each with its attributes beside an address. Everything else goes; its text stays. */
const ALLOWED: ReadonlyMap<string, readonly string[]> = new Map([
  ...'p br hr b strong i em u s small sub sup span div abbr q cite code pre blockquote ul ol li dl dt dd h1 h2 h3 h4 h5 h6'
    .split(' ')
    .map((name): [string, string[]] => [name, []]),
  ...'figure figcaption table thead tbody tfoot tr th td caption'
    .split(' ')
    .map((name): [string, string[]] => [name, []]),
  ['a', ['title']],
  ['img', ['alt', 'title', 'width', 'height']],
]);
/** Their one address is written first. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['a', 'href'],
  ['img', 'src'],
]);

/** Elements whose content is no text: it goes with them. */
const DROPPED = new Set(
  'script style noscript template iframe object applet embed svg math head title textarea select option xmp plaintext noembed noframes'.split(
    ' ',
  ),
);
/** What is in text that was not written as we write it. */
const UNESCAPED = /[<>"]|&(?!(?:amp|lt|gt|quot);)/;
/** Deeper elements lose their tags: mail programs and stacks have limits. */
const MAX_DEPTH = 50;

/**
 * HTML of a feed made safe to put into a mail. Everything is written anew: text escaped, allowed elements with allowed
 * attributes and http(s) addresses, each closed. No style, script, form, frame, handler or tracking pixel can come out,
 * whatever came in. Cleaning twice gives the same as cleaning once. Linear time.
 * @param base what relative addresses resolve against; without it they go
 */
export function sanitise(html: string, base?: string): string {
  if (!/[<>&"]/.test(html)) return html.trim();
  const sanitiser = new Sanitiser(base);
  tokenise(html, sanitiser);
  return sanitiser.finish();
}

class Sanitiser {
  readonly #out: string[] = [];
  readonly #open: string[] = [];
  readonly #base: string | undefined;
  #dropping = '';

  constructor(base: string | undefined) {
    this.#base = base;
  }

  finish(): string {
    while (this.#open.length > 0) this.#end();
    return this.#out.join('').trim();
  }

  text(raw: string): void {
    if (!this.#dropping) this.#out.push(UNESCAPED.test(raw) ? escapeMarkup(decodeEntities(raw)) : raw);
  }

  cdata(text: string): void {
    if (!this.#dropping) this.#out.push(escapeMarkup(text));
  }

  open(written: string, attributes: Attributes, selfClosing: boolean): void {
    const name = written.toLowerCase();
    if (this.#dropping) return;
    const allowed = ALLOWED.get(name);
    if (!allowed && !selfClosing && DROPPED.has(name) && !VOID.has(name)) this.#dropping = name;
    if (!allowed || this.#open.length >= MAX_DEPTH) return;
    const key = ADDRESSES.get(name);
    const address = key === undefined ? null : this.#address(attributes.get(key));
    if (name === 'img' && (address === null || isTracker(address, attributes))) return;
    let tag = `<${name}${address === null ? '' : ` ${key}="${escapeMarkup(address)}"`}`;
    for (const other of allowed) tag += attribute(other, attributes.get(other));
    this.#out.push(`${tag}>`);
    if (!VOID.has(name)) this.#open.push(name);
  }

  close(written: string): void {
    const name = written.toLowerCase();
    if (this.#dropping) {
      if (name === this.#dropping) this.#dropping = '';
      return;
    }
    const at = this.#open.lastIndexOf(name);
    while (at >= 0 && this.#open.length > at) this.#end();
  }

  /** Null for another scheme than http(s). */
  #address(raw: string | undefined): string | null {
    return raw === undefined ? null : webUrl(decodeEntities(raw), this.#base);
  }

  #end(): void {
    this.#out.push(`</${this.#open.pop()}>`);
  }
}

/** One attribute, or nothing when it is absent or empty. */
function attribute(key: string, raw: string | undefined): string {
  const value = raw === undefined ? '' : decodeEntities(raw).trim();
  return value ? ` ${key}="${escapeMarkup(value)}"` : '';
}
