import { createHmac, timingSafeEqual } from 'node:crypto';
import { ConfigError } from '../errors.ts';
import { sha256 } from '../sha256.ts';
import type { Keys } from './identity.ts';

/** What a token may be used for; one letter, part of what is signed. */
export type Purpose = 'confirm' | 'unsubscribe' | 'preferences' | 'undo' | 'form';
const LETTERS: Record<Purpose, string> = { confirm: 'c', unsubscribe: 'u', preferences: 'p', undo: 'r', form: 'f' };

export interface Claim {
  readonly purpose: Purpose;
  /** Subscriber id, or a random id for a form. Letters, digits, `-` and `_`. */
  readonly subject: string;
  /** What ties it to one request or version. Letters, digits, `-` and `_`. */
  readonly nonce?: string;
  /** Not valid from here on; absent: no end. */
  readonly until?: Date;
}

const SHAPE = /^t1\.([0-9a-f]{8})\.([cuprf])\.([\w-]{1,64})\.([\w-]{0,64})\.([0-9a-z]{0,9})\.[0-9a-f]{32}$/;
const MIN_SECRET = 16;

const keyId = (key: string) => sha256(`key id\0${key}`).slice(0, 8);

function sign(body: string, key: string): string {
  return createHmac('sha256', key).update(`token\0${body}`).digest('hex').slice(0, 32);
}

/** @throws ConfigError when a secret is too short to protect anything */
export function checkKeys(keys: Keys): void {
  if ([keys.current, keys.identity, ...keys.previous].every((key) => key.length >= MIN_SECRET)) return;
  throw new ConfigError(
    `A signing or identity key is shorter than ${MIN_SECRET} characters.`,
    'Generate one with: openssl rand -hex 32',
  );
}

/**
 * `t1.<key id>.<purpose>.<subject>.<nonce>.<end>.<signature>`: HMAC-SHA256 cut to 128 bits (RFC 2104, section 5), end
 * in base-36 seconds. Only letters, digits, `.`, `-` and `_`, hex at the end: safe in URLs, HTML, plain text and line
 * breaks of mail clients. Never holds an address.
 */
export function createToken(keys: Keys, claim: Claim): string {
  const end = claim.until ? Math.floor(claim.until.getTime() / 1000).toString(36) : '';
  const body = `t1.${keyId(keys.current)}.${LETTERS[claim.purpose]}.${claim.subject}.${claim.nonce ?? ''}.${end}`;
  return `${body}.${sign(body, keys.current)}`;
}

/** The claim of a token that we signed for this purpose and that has not ended; else undefined, for whatever reason. */
export function readToken(keys: Keys, purpose: Purpose, token: string, now: Date): Claim | undefined {
  if (token.length > 256) return undefined;
  const [, kid, letter, subject, nonce, end] = SHAPE.exec(token) ?? [];
  if (subject === undefined || letter !== LETTERS[purpose]) return undefined;
  const body = token.slice(0, -33);
  const given = Buffer.from(token.slice(-32));
  const ours = [keys.current, ...keys.previous.slice(0, 2)].filter((key) => keyId(key) === kid);
  if (!ours.some((key) => timingSafeEqual(Buffer.from(sign(body, key)), given))) return undefined;
  const until = end ? new Date(Number.parseInt(end, 36) * 1000) : undefined;
  if (until && until <= now) return undefined;
  return { purpose, subject, ...(nonce && { nonce }), ...(until && { until }) };
}
