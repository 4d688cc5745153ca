import { type Attributes, readAttributes } from './attributes.ts';
import { Cursor, GREATER, NAME_END, SLASH, TAG_END } from './cursor.ts';

/** Receives the pieces of a document in order; a tag is what stands from `at` to `end`. */
export interface TokenHandler {
  open(name: string, attributes: Attributes, selfClosing: boolean, at: number, end: number): void;
  close(name: string, at: number, end: number): void;
  /** Character data with its entities still in it. */
  text(raw: string): void;
  cdata(text: string): void;
}

const ITEM_ENDS = ['</item>', '</entry>'];

/**
 * Cuts a text that wants to be XML into tags and character data. Never throws and takes linear time on any input:
 * a `<` that begins no tag is text, a comment or instruction that never ends costs one tag, a CDATA section that never
 * ends is read as text and tags. DOCTYPE declarations with everything in them are dropped: no entity is ever defined,
 * no file ever named.
 */
export function tokenise(xml: string, handler: TokenHandler): void {
  const cursor = new Cursor(xml);
  while (cursor.at < xml.length) {
    const tag = xml.indexOf('<', cursor.at);
    if (tag !== cursor.at) handler.text(xml.slice(cursor.at, tag < 0 ? undefined : tag));
    if (tag < 0) return;
    cursor.at = tag;
    readToken(cursor, handler);
  }
}

function readToken(cursor: Cursor, handler: TokenHandler): void {
  const next = cursor.text.charCodeAt(cursor.at + 1);
  if (isNameStart(next)) readOpeningTag(cursor, handler);
  else if (next === SLASH) readClosingTag(cursor, handler);
  else if (next === 0x21) readDeclaration(cursor, handler);
  else if (next === 0x3f) skipPast(cursor, '?>');
  else {
    handler.text('<');
    cursor.at += 1;
  }
}

function readOpeningTag(cursor: Cursor, handler: TokenHandler): void {
  const start = cursor.at;
  cursor.at += 1;
  const name = cursor.take(NAME_END);
  const attributes = readAttributes(cursor);
  const ended = cursor.code === GREATER;
  const selfClosing = ended && cursor.text.charCodeAt(cursor.at - 1) === SLASH;
  if (ended) cursor.at += 1;
  handler.open(name, attributes, selfClosing, start, cursor.at);
}

function readClosingTag(cursor: Cursor, handler: TokenHandler): void {
  const start = cursor.at;
  cursor.at += 2;
  const name = cursor.take(TAG_END);
  if (cursor.code === GREATER) cursor.at += 1;
  handler.close(name.trim(), start, cursor.at);
}

function readDeclaration(cursor: Cursor, handler: TokenHandler): void {
  if (cursor.text.startsWith('<!--', cursor.at)) skipPast(cursor, '-->');
  else if (cursor.text.slice(cursor.at, cursor.at + 9).toUpperCase() === '<![CDATA[')
    readCharacterData(cursor, handler);
  else skipDoctype(cursor);
}

function skipPast(cursor: Cursor, end: string): void {
  const found = cursor.find(end, cursor.at + 2);
  const stop = found < 0 ? cursor.find('>', cursor.at) : found + end.length - 1;
  cursor.at = stop < 0 ? cursor.text.length : stop + 1;
}

/** A section that never ends, or only after the end of its item, has lost its end: what is in it is read as it is. */
function readCharacterData(cursor: Cursor, handler: TokenHandler): void {
  const start = cursor.at + 9;
  const end = cursor.find(']]>', start);
  const isLost = end < 0 || ITEM_ENDS.some((tag) => isBetween(cursor.find(tag, start), start, end));
  if (!isLost) handler.cdata(cursor.text.slice(start, end));
  cursor.at = isLost ? start : end + 3;
}

/** `<!DOCTYPE … [ … ]>`: an internal subset hides `>` until its bracket closes. */
function skipDoctype(cursor: Cursor): void {
  const tagEnd = cursor.find('>', cursor.at);
  const subset = tagEnd >= 0 && cursor.text.slice(cursor.at, tagEnd).includes('[');
  const bracket = subset ? cursor.find(']', tagEnd) : -1;
  const end = bracket < 0 ? tagEnd : cursor.find('>', bracket);
  cursor.at = end < 0 ? cursor.text.length : end + 1;
}

function isBetween(at: number, start: number, end: number): boolean {
  return at >= start && at < end;
}

/** Letters, `_`, `:` and everything beyond ASCII; so `a < b` and `<3` stay text. */
function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58 || code >= 128;
}
