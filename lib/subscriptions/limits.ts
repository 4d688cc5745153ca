import ipaddr from 'ipaddr.js';
import type { Logger } from '../log.ts';
import type { Clock } from '../types.ts';
import { type Keys, keyedHash, mailboxKey } from './identity.ts';
import type { Limit, LimitStore } from './ports.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Letters to one mailbox, whoever asks and whichever door: nobody can be flooded through us. */
const MAILBOX_LIMITS: readonly Limit[] = [
  { max: 1, seconds: 15 * MINUTE },
  { max: 3, seconds: DAY },
  { max: 5, seconds: 30 * DAY },
];
/** Requests from one network (an office or a mobile provider shares one). */
const NETWORK_LIMITS: readonly Limit[] = [
  { max: 30, seconds: HOUR },
  { max: 120, seconds: DAY },
];
/** All letters together: what a distributed attack can cost us. Reaching it is an alarm. */
const GLOBAL_LIMITS: readonly Limit[] = [{ max: 1000, seconds: HOUR }];

export interface LimitDeps {
  readonly limits: LimitStore;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The network of an IP address: IPv4 /24, IPv6 /48 (mapped IPv4 as IPv4). Undefined when it is no address. */
export function networkOf(address: string | undefined): string | undefined {
  if (!address || !ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6)
    return `${parsed.parts
      .slice(0, 3)
      .map((part) => part.toString(16))
      .join(':')}::/48`;
  return `${parsed.octets.slice(0, 3).join('.')}.0/24`;
}

/**
 * Whether one more letter may be asked for. The cheapest to exhaust comes first, so that a flood from one network or
 * to one mailbox uses up neither other people's share nor the global one.
 */
export async function mayAsk(deps: LimitDeps, email: string, network: string | undefined): Promise<boolean> {
  const now = deps.clock().toISOString();
  const take = (key: string, limits: readonly Limit[]) => deps.limits.take(key, limits, now);
  const withheld = (by: string) => deps.log.warn('letter withheld', { by });
  if (network && !(await take(`network:${keyedHash('network', network, deps.keys.identity)}`, NETWORK_LIMITS))) {
    withheld('network');
    return false;
  }
  if (!(await take(mailboxKey(email, deps.keys.identity), MAILBOX_LIMITS))) {
    withheld('mailbox');
    return false;
  }
  if (await take('all-letters', GLOBAL_LIMITS)) return true;
  deps.log.error('letter withheld', { by: 'global cap', advice: 'Sign-ups are far above normal: look for an attack.' });
  return false;
}
