import { HOUR } from '../time.ts';
import type { Clock } from '../types.ts';
import type { Keys } from './identity.ts';
import { checkKeys, createToken, type Purpose } from './token.ts';

/** The personal links of a mail. URLs of ASCII that is safe in HTML attributes and plain text. */
export interface Links {
  /** Never ends: leaving must work from any old mail. Takes the RFC 8058 POST too. */
  unsubscribe(id: string): string;
  /** Good for 90 days: every mail brings a new one, and it opens somebody's settings. */
  preferences(id: string): string;
  /** Good for 48 hours after the letter. */
  confirm(id: string, nonce: string): string;
}

const CONFIRM_HOURS = 48;
const PREFERENCES_DAYS = 90;

/** @param input.siteUrl without trailing slash */
export function createLinks(input: { siteUrl: string; keys: Keys; clock?: Clock }): Links {
  const { siteUrl, keys, clock = () => new Date() } = input;
  checkKeys(keys);
  const link = (purpose: Purpose, subject: string, hours?: number, nonce?: string) => {
    const until = hours === undefined ? {} : { until: new Date(clock().getTime() + hours * HOUR) };
    return `${siteUrl}/${purpose}/${createToken(keys, { purpose, subject, ...until, ...(nonce && { nonce }) })}`;
  };
  return {
    unsubscribe: (id) => link('unsubscribe', id),
    preferences: (id) => link('preferences', id, PREFERENCES_DAYS * 24),
    confirm: (id, nonce) => link('confirm', id, CONFIRM_HOURS, nonce),
  };
}
