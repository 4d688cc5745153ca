import { domainToASCII } from 'node:url';

const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** All 12 code points of Bidi_Control, zero-width characters and the invisible tag characters. */
const INVISIBLE = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
/** Joiners mean something between letters and within emoji, and nowhere else. */
const LOOSE_JOINER =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic}|\ufe0f)[\u200c\u200d]|[\u200c\u200d](?!\p{L}|\p{Extended_Pictographic})/gu;
const MAX_LENGTH = 150;
/** 12 characters of frame and 52 of base64: with the longest of our field names a line stays within 76 (RFC 2047, 2). */
const WORD_BYTES = 39;

/**
 * One line of at most 150 characters out of any text: NFC, no control or invisible characters, and no `=?`, so that a
 * feed cannot smuggle an encoded word past this function into the reader's mail program.
 */
function headerText(text: string): string {
  const clean = text
    .toWellFormed()
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(LOOSE_JOINER, '')
    .replace(CONTROLS, ' ')
    .replaceAll('=?', '= ?')
    .trim();
  const points = [...clean];
  return points.length <= MAX_LENGTH
    ? clean
    : `${points
        .slice(0, MAX_LENGTH - 1)
        .join('')
        .trimEnd()}…`;
}

/** A field with free text, folded: plain where the text is ASCII, else RFC 2047 words. Ends in CRLF. */
export function textField(name: string, text: string): string {
  const clean = headerText(text);
  return `${name}: ${isPlain(clean) ? fold(clean, name.length + 2) : encodedWords(clean)}\r\n`;
}

/** A field with a name and what belongs in angle brackets: an address (RFC 5322) or a list id (RFC 2919). Ends in CRLF. */
export function namedField(name: string, phrase: string, bracketed: string): string {
  const clean = headerText(phrase);
  const shown = isPlain(clean) ? `"${clean.replace(/["\\]/g, '\\$&')}"` : encodedWords(clean);
  const fits = name.length + shown.length + bracketed.length + 5 <= 76 && !shown.includes('\r');
  return `${name}: ${shown}${fits ? '' : '\r\n'} <${bracketed}>\r\n`;
}

/**
 * The address as it may stand in a header: 7-bit, domain in Punycode.
 * @returns undefined when SES could not take it (it has no SMTPUTF8) or when it is more than one address
 */
export function mailAddress(email: string): string | undefined {
  const [, local, domain] = /^([\w.!#$%&'*+/=?^`{|}~-]{1,64})@([^@\s]{1,255})$/.exec(email) ?? [];
  const ascii = domainToASCII(domain ?? '');
  return local && /^[a-z0-9.-]+$/.test(ascii) ? `${local}@${ascii}` : undefined;
}

/** RFC 5322, 3.3, in UTC. */
export function dateField(at: Date): string {
  return `Date: ${at.toUTCString().replace('GMT', '+0000')}\r\n`;
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !/\S{60}/.test(text);
}

/** Breaks before a space, so that unfolding gives the text back. */
function fold(text: string, start: number): string {
  let column = start;
  return text
    .split(' ')
    .map((word, index) => {
      const breaks = index > 0 && column + 1 + word.length > 76;
      column = breaks ? 1 + word.length : column + word.length + (index > 0 ? 1 : 0);
      return breaks ? `\r\n ${word}` : `${index > 0 ? ' ' : ''}${word}`;
    })
    .join('');
}

/** RFC 2047 `B` words of at most 64 characters, never splitting a character. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((each) => `=?UTF-8?B?${Buffer.from(each).toString('base64')}?=`).join('\r\n ');
}
