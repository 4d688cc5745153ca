import { redact } from '../log.ts';
import type { SendOutcome } from './model.ts';

type Refusal = Exclude<SendOutcome, { kind: 'sent' | 'throttled' }>['kind'];

/** Answers that mean: not accepted, and this message never will be. */
const REJECTED = new Set(['MessageRejected', 'InvalidParameterValue']);

const THROTTLED = /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|LimitExceeded)/;

/** The request never left this machine. Each is a Node error code (`errno`, `dns`). */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);
const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError']);

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly status?: number;
}

/**
 * What a failed SES call means for the ledger. Only answers known to be refusals count as such; whatever is left
 * (time-outs, resets, 5xx, an answer that breaks off) may have been accepted and is `uncertain`.
 * Source: SES developer guide, "Errors related to the sending quotas" and the SendRawEmail error list.
 */
export function outcomeOf(error: unknown, from: string): SendOutcome {
  const failure = read(error);
  const reason = redact(`${failure.name}: ${failure.message}`).slice(0, 300);
  if (THROTTLED.test(failure.name) || failure.status === 429 || NEVER_LEFT.has(String(failure.code)))
    return { kind: 'throttled', scope: /daily message quota/i.test(failure.message) ? 'day' : 'rate', reason };
  return { kind: refusal(failure, from), reason };
}

function refusal(failure: Failure, from: string): Refusal {
  if (NO_CREDENTIALS.has(failure.name)) return 'stopped';
  const { status } = failure;
  if (status === undefined || status < 400 || status >= 500 || status === 408) return 'uncertain';
  if (!REJECTED.has(failure.name)) return 'stopped';
  return concernsSender(failure.message, from) ? 'stopped' : 'rejected';
}

/** SES answers MessageRejected, too, when it is our own address or domain that is not verified. */
function concernsSender(message: string, from: string): boolean {
  return /not verified/i.test(message) && message.toLowerCase().includes(from.toLowerCase());
}

function read(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'UnknownError', message: String(error) };
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return { name: error.name, message: error.message, code, ...(status !== undefined && { status }) };
}
