import type { Message, SlotName, Slotted } from '../editions/message.ts';
import { sha256 } from '../sha256.ts';
import { dateField, namedField, textField } from './header.ts';
import { quotedPrintable, SOFT_BREAK } from './quoted-printable.ts';

/** What every message of the publication has in common. */
export interface Sender {
  readonly name: string;
  readonly from: string;
  readonly replyTo?: string | undefined;
  /** RFC 2919 identifier: `label.domain`, the same for ever. Absent: a mail of no list, to the operator. */
  readonly listId?: string;
}

/** What differs per reader. */
export interface Addressee {
  /** A 7-bit address (see `mailAddress`). */
  readonly to: string;
  readonly links: Readonly<Record<SlotName, string>>;
}

/** Gives the whole message for one reader: multipart/alternative, or plain text alone; CRLF, 7-bit. */
export type MimeTemplate = (addressee: Addressee) => Buffer;

type Hole = 'to' | 'listUnsubscribe' | SlotName;
type Piece = Buffer | Hole;

const URL_OK = /^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]+$/;
const ADDRESS_OK = /^[\x21\x23-\x3b\x3d\x3f-\x7e]+$/;

/**
 * Encodes a rendered message once; the function returned only copies bytes and puts in address and links.
 * The header fields are exactly From, Reply-To (when set), To, Subject, Date, List-Unsubscribe, List-Unsubscribe-Post
 * (RFC 8058), List-Id (RFC 2919), MIME-Version, Content-Language and Content-Type; a mail of no list has Auto-Submitted
 * (RFC 3834) in the place of the three. SES writes its own Date, Message-ID and Feedback-ID over or beside them.
 */
export function buildMime(message: Message, sender: Sender, date: Date, textOnly = false): MimeTemplate {
  const pieces = join([...head(message, sender, date), ...(textOnly ? single(message) : alternative(message))]);
  return (addressee) => {
    const holes = fillings(addressee);
    return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? holes[piece] : piece)));
  };
}

type Part = string | { readonly hole: Hole };

/** For readers who want no layout. */
function single({ text }: Message): Part[] {
  return [typed('text/plain'), ...encodeBody(text), '\r\n'];
}

function typed(type: string): string {
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
}

function alternative(message: Message): Part[] {
  const boundary = boundaryFor(message);
  const part = (type: string, body: Slotted) => [`--${boundary}\r\n${typed(type)}`, ...encodeBody(body), '\r\n'];
  return [
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n`,
    ...part('text/plain', message.text),
    ...part('text/html', message.html),
    `--${boundary}--\r\n`,
  ];
}

function head(message: Message, sender: Sender, date: Date): Part[] {
  return [
    namedField('From', sender.name, sender.from),
    sender.replyTo ? `Reply-To: ${sender.replyTo}\r\n` : '',
    'To: ',
    { hole: 'to' },
    `\r\n${textField('Subject', message.subject)}${dateField(date)}`,
    ...listFields(sender),
    `MIME-Version: 1.0\r\n${textField('Content-Language', message.lang)}`,
  ];
}

function listFields({ name, listId }: Sender): Part[] {
  if (listId === undefined) return ['Auto-Submitted: auto-generated\r\n'];
  return [
    'List-Unsubscribe: <',
    { hole: 'listUnsubscribe' },
    '>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n',
    namedField('List-Id', name, listId),
  ];
}

/** `=_` cannot occur in a quoted-printable body, so no body can end the part early. */
function boundaryFor(message: Message): string {
  return `=_${sha256(JSON.stringify(message.text)).slice(0, 24)}`;
}

/** Every slot stands on lines of its own, between soft breaks, so that no line depends on the length of a link. */
function encodeBody(body: Slotted): Part[] {
  return body.flatMap((piece) =>
    typeof piece === 'string' ? [quotedPrintable(piece)] : [SOFT_BREAK, { hole: piece.slot }, SOFT_BREAK],
  );
}

/** As few Buffers as there are holes, plus one. */
function join(parts: readonly Part[]): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    pieces.push(Buffer.from(text, 'latin1'), part.hole);
    text = '';
  }
  return [...pieces, Buffer.from(text, 'latin1')];
}

function fillings({ to, links }: Addressee): Record<Hole, Buffer> {
  if (!ADDRESS_OK.test(to)) throw new TypeError('An address with characters that end a header field.');
  for (const url of Object.values(links))
    if (!URL_OK.test(url)) throw new TypeError('A link that is not a plain http(s) URL.');
  return {
    to: Buffer.from(to, 'latin1'),
    listUnsubscribe: Buffer.from(links.unsubscribeUrl, 'latin1'),
    unsubscribeUrl: Buffer.from(quotedPrintable(links.unsubscribeUrl), 'latin1'),
    preferencesUrl: Buffer.from(quotedPrintable(links.preferencesUrl), 'latin1'),
  };
}
