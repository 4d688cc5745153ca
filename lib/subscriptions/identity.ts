import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { InputError } from '../errors.ts';

/** Secrets: `current` signs, it and `previous` verify (they rotate); `identity` hashes addresses, never rotates. */
export interface Keys {
  readonly current: string;
  /** Newest first. Keep two: links in mail stay good for two rotations. */
  readonly previous: readonly string[];
  readonly identity: string;
}

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Domains that ignore dots in the local part. */
const DOTLESS = new Set(['gmail.com', 'googlemail.com']);

/**
 * The one spelling of an address that is stored and mailed: trimmed, NFC, small letters, domain in ASCII (IDNA). Tags
 * (`+news`) and dots stay: they may be different mailboxes. The local part must be ASCII, since SES takes no other.
 * @throws InputError when it is no address that mail can be sent to (RFC 5321 sizes, RFC 5322 dot-atom)
 */
export function normaliseEmail(typed: string): string {
  const text = typed.trim().normalize('NFC');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0)).toLowerCase();
  const domain = domainToASCII(text.slice(at + 1)).toLowerCase();
  const labels = domain.split('.');
  const usable =
    at > 0 &&
    LOCAL.test(local) &&
    local.length <= 64 &&
    local.length + domain.length < 254 &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    /^([a-z]+|xn--[a-z0-9-]+)$/.test(labels.at(-1) ?? '');
  if (!usable) throw new InputError('This is not a usable e-mail address.', 'Write one like name@example.org.');
  return `${local}@${domain}`;
}

/**
 * The row of a mailbox: keyed hash of the normalised address, 32 hex digits. Not reversible without the key.
 * @throws InputError as normaliseEmail
 */
export function subscriberId(email: string, key: string): string {
  return keyedHash('subscriber', normaliseEmail(email), key);
}

/**
 * What limits count by: addresses that probably reach one person (tags cut off, Gmail's dots left out) share one key.
 * Only for limits; two people who share it merely wait for each other.
 */
export function mailboxKey(email: string, key: string): string {
  const normal = normaliseEmail(email);
  const domain = normal.slice(normal.indexOf('@') + 1);
  const local = normal.slice(0, normal.indexOf('@')).replace(/(?<=.)\+.*$/, '');
  const folded = DOTLESS.has(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
  return `mailbox:${keyedHash('mailbox', folded, key)}`;
}

/** 32 hex digits of HMAC-SHA256; `use` keeps the hashes of different uses apart. */
export function keyedHash(use: string, value: string, key: string): string {
  return createHmac('sha256', key).update(`${use}\0${value}`).digest('hex').slice(0, 32);
}

/** `a***@example.org`: enough for its owner to recognise an address, and for nobody to use it. */
export function maskEmail(email: string): string {
  return email.replace(/^(.)[^@]*@/, '$1•••@');
}
