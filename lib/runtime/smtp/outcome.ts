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
  if (responseCode < 500) return { kind: 'throttled', scope: 'rate', reason };
  return { kind: concernsUs(failure, handedOver) ? 'stopped' : 'rejected', reason };
}

/** Refused before a reader was named, or for what we are: every other mail would be refused as well. */
function concernsUs({ command, message }: Failure, handedOver: boolean): boolean {
  if (handedOver) return false;
  return (command !== 'RCPT TO' && command !== 'DATA') || ABOUT_US.test(message);
}
