import { type Cursor, GAP_END, GREATER, LESS, NAME_END, SPACE_END, UNQUOTED_END } from './cursor.ts';

/** Attributes of one tag, names as written, values raw (entities not decoded). */
export type Attributes = ReadonlyMap<string, string>;

const NONE: Attributes = new Map();
const EQUALS = 0x3d;

/** Reads from after a tag's name to its end; an attribute without its closing quote ends at the tag's end. */
export function readAttributes(cursor: Cursor): Attributes {
  if (cursor.code === GREATER) return NONE;
  const attributes = new Map<string, string>();
  for (;;) {
    cursor.skip(GAP_END);
    const { code } = cursor;
    if (Number.isNaN(code) || code === GREATER || code === LESS) return attributes;
    const name = cursor.take(NAME_END);
    const value = readValue(cursor, name === '');
    if (name && !attributes.has(name)) attributes.set(name, value);
  }
}

/** The value after a name; a character that belongs to no name is passed over. */
function readValue(cursor: Cursor, orphan: boolean): string {
  const before = cursor.at;
  cursor.skip(SPACE_END);
  if (cursor.code !== EQUALS) {
    cursor.at = before + (orphan ? 1 : 0);
    return '';
  }
  cursor.at += 1;
  cursor.skip(SPACE_END);
  return readQuoted(cursor) ?? cursor.take(UNQUOTED_END).replace(/^["']/, '').replace(/\/$/, '');
}

/**
 * Undefined when there is no quote, or when its end was forgotten: a tag would lie inside the value, and what follows
 * does not look like the end of an attribute.
 */
function readQuoted(cursor: Cursor): string | undefined {
  const quote = cursor.text[cursor.at];
  if (quote !== '"' && quote !== "'") return undefined;
  const end = cursor.findNear(quote, cursor.at + 1);
  if (end < 0) return undefined;
  const value = cursor.text.slice(cursor.at + 1, end);
  const tagEnd = value.indexOf('>');
  const isWhole = !value.endsWith('=') && /^[\s/>]/.test(cursor.text.slice(end + 1, end + 2));
  if (tagEnd >= 0 && !isWhole && value.includes('<', tagEnd)) return undefined;
  cursor.at = end + 1;
  return value;
}
