/** Room for text on a line of 76 characters that ends in a soft break (RFC 2045, 6.7). */
const ROOM = 75;

/** A line break that the decoder takes out again. */
export const SOFT_BREAK = '=\r\n';

/** Encodes text as UTF-8 quoted-printable: ASCII, CRLF, lines of at most 76 characters. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(encodeLine)
    .join('\r\n');
}

function encodeLine(line: string): string {
  const bytes = Buffer.from(line, 'utf8');
  let encoded = '';
  let column = 0;
  for (const [index, byte] of bytes.entries()) {
    const unit = encodeByte(byte, index === bytes.length - 1);
    if (column + unit.length > ROOM) {
      encoded += SOFT_BREAK;
      column = 0;
    }
    encoded += unit;
    column += unit.length;
  }
  return encoded;
}

/** White space may stand for itself except at the end of a line, where relays take it away. */
function encodeByte(byte: number, last: boolean): string {
  const literal = (byte > 32 && byte < 127 && byte !== 61) || ((byte === 32 || byte === 9) && !last);
  return literal ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
