import { decodeHTMLStrict } from 'entities';

/** Control characters that XML 1.0 forbids (section 2.2), and DEL. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/**
 * Character data to characters: numeric references (with the windows-1252 meaning of 128-159) and every named entity of
 * HTML, since feeds use them without declaring them. References without `;` stay as they are: `a?x=1&copy=2` is a URL.
 */
export function decodeEntities(raw: string): string {
  if (!raw.includes('&')) return raw;
  const text = decodeHTMLStrict(raw);
  return raw.includes('&#') ? dropForbidden(text) : text;
}

/** Removes what must reach no output: control characters but tab and line ends; lone surrogates become U+FFFD. */
export function dropForbidden(text: string): string {
  return text.replace(FORBIDDEN, '').toWellFormed();
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const SPECIAL = /[&<>"]/;

/** Text as XML or HTML character data or attribute value. */
export function escapeMarkup(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char) : text;
}
