import { escapeMarkup } from './entities.ts';
import type { Markup } from './markup.ts';

/** A title or body as the publisher meant it. */
export interface TextConstruct {
  readonly value: string;
  /** `text`: the characters are the text. `html`: they are HTML. */
  readonly as: 'text' | 'html';
}

/**
 * What a field means by its `type` and `mode` (RFC 4287, section 3.1; Atom 0.3). Only Atom says so; every other field
 * is HTML, since that is what publishers put there.
 */
export function readConstruct(isAtom: boolean, attributes: ReadonlyMap<string, string>, markup: Markup): TextConstruct {
  const type = (attributes.get('type') ?? '').trim().toLowerCase();
  if (markup.hasTags) return { value: markup.html(), as: 'html' };
  if (attributes.get('mode') === 'base64') return meant(fromBase64(markup.characters()), type, isAtom);
  if (type.includes('xhtml')) return { value: markup.html(), as: 'html' };
  return meant(markup.characters(), type, isAtom);
}

function meant(value: string, type: string, isAtom: boolean): TextConstruct {
  const plain = isAtom && (type === '' || type === 'text' || type === 'text/plain');
  return { value, as: plain ? 'text' : 'html' };
}

function fromBase64(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/** The construct as HTML. */
export function asHtml({ value, as }: TextConstruct): string {
  return as === 'html' ? value : escapeMarkup(value);
}
