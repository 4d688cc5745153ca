import { isAscii, isUtf8 } from 'node:buffer';
import { undoDoubleEncoding } from './double-encoding.ts';
import { guessEncoding } from './guess-encoding.ts';

/** Labels that publishers use and the Encoding Standard does not know. */
const ALIASES: Readonly<Record<string, string>> = { 'ks_c_5601-1989': 'euc-kr', 'x-mac-cyrillic': 'x-mac-cyrillic' };

/** How a document was read: the text and the name of the encoding. */
export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

/**
 * Bytes to text. In this order: byte order mark; UTF-16 by its pattern; valid UTF-8 with at least one character beyond
 * ASCII, whatever is declared; the charset of the HTTP header; the XML declaration or `meta`; a guess. A declaration
 * that the bytes contradict is passed over; bytes that fit nothing become U+FFFD. UTF-7 is never used. UTF-8 that was
 * encoded twice is decoded twice.
 */
export function decode(bytes: Uint8Array, contentType?: string | null): Decoded {
  const marked = fromMark(bytes);
  if (marked) return read(bytes, marked);
  const declared = [charsetOf(contentType), declarationIn(bytes)].map(known).filter((label) => label !== undefined);
  if (isAscii(bytes)) return read(bytes, declared.find((label) => label === 'iso-2022-jp') ?? 'utf-8');
  if (isUtf8(bytes)) return read(bytes, 'utf-8');
  for (const label of declared.filter((label) => label !== 'utf-8')) {
    const decoded = tryRead(bytes, label);
    if (decoded) return decoded;
  }
  const wrong = declared.find((label) => label !== 'utf-8');
  return read(bytes, wrong ?? (isMostlyUtf8(bytes) ? 'utf-8' : guessEncoding(bytes)));
}

function fromMark(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : undefined;
}

function charsetOf(contentType: string | null | undefined): string | undefined {
  return /charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType ?? '')?.[1];
}

function declarationIn(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  return (/<\?xml[^>]*?encoding\s*=\s*["']?([^\s"'?>]+)/i.exec(head) ??
    /<meta[^>]*?charset\s*=\s*["']?([^\s"'>;]+)/i.exec(head))?.[1];
}

/** The name by which the platform knows a label; undefined for unknown and for UTF-16, which has no ASCII header. */
function known(label: string | undefined): string | undefined {
  const name = label?.toLowerCase();
  if (!name) return undefined;
  try {
    const { encoding } = new TextDecoder(ALIASES[name] ?? name);
    return encoding.startsWith('utf-16') ? undefined : encoding;
  } catch {
    return undefined;
  }
}

function read(bytes: Uint8Array, encoding: string): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text: encoding === 'utf-8' && !isAscii(bytes) ? undoDoubleEncoding(text) : text, encoding };
}

function tryRead(bytes: Uint8Array, encoding: string): Decoded | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return undefined;
  }
}

/** True when the damage is small: a cut or two, or some bytes of another encoding among proper characters. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const { text } = read(bytes, 'utf-8');
  const broken = text.split('\ufffd').length - 1;
  return (text.match(/[^\u0000-\u007f\ufffd]/g) ?? []).length > broken;
}
