import type { Picked } from './elements.ts';
import { decodeEntities, escapeMarkup } from './entities.ts';
import type { Markup } from './markup.ts';

/** A title or body as the publisher meant it. */
export interface TextConstruct {
  readonly value: string;
  /** `text`: the characters are the text. `html`: they are HTML. */
  readonly as: 'text' | 'html';
}

/**
 * Who defines the field: Atom says by `type` and `mode` what its characters mean (RFC 4287, section 3.1; Atom 0.3). The
 * titles of RSS 0.9x and 1.0 are plain text. Everything else is HTML, since that is what publishers put there.
 */
export type Convention = 'atom' | 'plain' | 'html';

/** References that nobody writes into plain text: those of plain text's own escaping are left out. */
const HTML_REFERENCE = /&(?:#\d+|#x[\da-f]+|(?!(?:amp|lt|gt);)[a-z][a-z\d]+);/i;
const TAG = /<\/?[a-z]/i;

/** What a publisher meant by a field, going by its convention and by what is in it. */
export function readConstruct(convention: Convention, attributes: Picked, markup: Markup): TextConstruct {
  const type = (attributes.type ?? '').trim().toLowerCase();
  if (markup.hasTags || type.includes('xhtml')) return { value: markup.html(), as: 'html' };
  const characters = markup.characters();
  const value = attributes.mode === 'base64' ? fromBase64(characters) : characters;
  if (convention === 'html') return { value, as: 'html' };
  const encoded = HTML_REFERENCE.test(value);
  if (convention === 'plain') return { value, as: encoded || TAG.test(value) ? 'html' : 'text' };
  if (!/^(?:text(?:\/plain)?)?$/.test(type)) return { value, as: 'html' };
  return { value: encoded ? decodeEntities(value) : value, as: 'text' };
}

function fromBase64(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/** The construct as HTML. */
export function asHtml({ value, as }: TextConstruct): string {
  return as === 'html' ? value : escapeMarkup(value);
}
