import type { SendOutcome } from '../../delivery/model.ts';
import { redact } from '../../log.ts';

/** What nodemailer tells of a failed attempt. */
interface Failure {
  readonly message: string;
  /** `ECONNECTION`, `ETIMEDOUT`, `EAUTH`, `EENVELOPE`, `EMESSAGE` … */
  readonly code?: string;
  /** Of the server's last reply, e.g. 550. */
  readonly responseCode?: number;
  /** The command it answered: `MAIL FROM`, `RCPT TO`, `DATA` … */
  readonly command?: string;
}

/** The relay does not want us, rather than this reader. */
const ABOUT_US = /relay|authenticat|not verified|not permitted to send/i;
/**
 * Enhanced codes that speak of the reader's address, domain or mailbox (RFC 3463, 3.2 and 3.3; x.1.7 and x.1.8 are the
 * sender's). Right behind the reply's own code (RFC 2034, 4): the words after it may hold an IP address.
 */
const ABOUT_READER = /\b[45]\d\d[ -][45]\.(?:1\.(?:[1-6]|10)|2\.\d)\b/;

/**
 * Those of a mailbox or domain that is not there (RFC 3463, 3.2; 5.1.10: RFC 7505): what SES calls a permanent bounce.
 * 5.1.0 says "something about an address", and to some relays that is the sender's.
 */
const GONE = /\b5\d\d[ -]5\.1\.(?:[1-46]|10)\b/;

/**
 * What a failed SMTP attempt means for the ledger.
 * RFC 5321, 4.2.1: 4yz replies are transient, 5yz permanent; 4.1.1.4: before the end of the data nothing is accepted; without
 * a reply to that end nobody knows.
 * @param handedOver the end of the data was sent
 */
export function smtpOutcome(error: unknown, handedOver: boolean): SendOutcome {
  const failure: Failure = error instanceof Error ? error : { message: String(error) };
  const reason = redact(failure.message).slice(0, 300);
  const { responseCode = 0 } = failure;
  if (handedOver && responseCode < 400) return { kind: 'uncertain', reason };
  const unready = failure.code === 'EAUTH' || failure.code === 'ETLS';
  if (unready && (responseCode < 400 || responseCode >= 500)) return { kind: 'stopped', reason };
  if (responseCode < 500) return { kind: 'throttled', scope: defersReader(failure) ? 'reader' : 'rate', reason };
  if (concernsUs(failure, handedOver)) return { kind: 'stopped', reason };
  return { kind: 'rejected', reason, ...(isGone(failure, handedOver) && { gone: true }) };
}

/** Said of the reader, or by a relay that looks up readers when it has the whole mail. A bare 550 may as well be policy (RFC 5321, 4.2.3). */
function isGone({ command, message }: Failure, handedOver: boolean): boolean {
  return (handedOver || command === 'RCPT TO') && GONE.test(message);
}

/** Refused before a reader was named, or for what we are: every other mail would be refused as well. */
function concernsUs({ command, message }: Failure, handedOver: boolean): boolean {
  if (handedOver || (command === 'RCPT TO' && ABOUT_READER.test(message))) return false;
  return (command !== 'RCPT TO' && command !== 'DATA') || ABOUT_US.test(message);
}

/** A domain that cannot be found now, a mailbox that is full, greylisting. RFC 5321, 4.2.3: 450 is the mailbox's. */
function defersReader({ command, responseCode, message }: Failure): boolean {
  return command === 'RCPT TO' && (responseCode === 450 || ABOUT_READER.test(message));
}
