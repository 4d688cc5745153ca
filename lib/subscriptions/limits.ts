import ipaddr from 'ipaddr.js';
import type { Logger } from '../log.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../time.ts';
import type { Clock } from '../types.ts';
import { type Keys, keyedHash, mailboxKey } from './identity.ts';
import type { Limit, LimitStore } from './ports.ts';

const atMost = (max: number, milliseconds: number): Limit => ({ max, seconds: milliseconds / SECOND });

/** Letters to one mailbox, whoever asks and whichever door: nobody can be flooded through us. */
export const MAILBOX_LIMITS: readonly Limit[] = [atMost(1, 15 * MINUTE), atMost(3, DAY), atMost(5, 30 * DAY)];
/** Requests from one network (an office or a mobile provider shares one). */
const NETWORK_LIMITS: readonly Limit[] = [atMost(30, HOUR), atMost(120, DAY)];
/**
 * The same for doors that stand open without our signed form (other sites' forms, the API), where nothing slows a
 * program down: less for each network, and together less than all, so that a flood there leaves our own form its share.
 */
const OPEN_NETWORK_LIMITS: readonly Limit[] = [atMost(10, HOUR), atMost(40, DAY)];
const OPEN_LIMITS: readonly Limit[] = [atMost(500, HOUR)];
/** All letters together: what a distributed attack can cost us. Reaching it is an alarm. */
const GLOBAL_LIMITS: readonly Limit[] = [atMost(1000, HOUR)];

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

export interface Ask {
  readonly email: string;
  readonly network: string | undefined;
  /** It came through a door without our signed form. */
  readonly open?: boolean;
}

/**
 * Whether one more letter may be asked for. The cheapest to exhaust comes first, so that a flood from one network or
 * to one mailbox uses up neither other people's share nor the global one.
 */
export async function mayAsk(deps: LimitDeps, ask: Ask): Promise<boolean> {
  const now = deps.clock().toISOString();
  for (const { by, key, limits } of gates(deps.keys, ask)) {
    if (await deps.limits.take(key, limits, now)) continue;
    withheld(deps.log, by);
    return false;
  }
  return true;
}

type By = 'network' | 'open network' | 'mailbox' | 'open door cap' | 'global cap';

interface Gate {
  readonly by: By;
  readonly key: string;
  readonly limits: readonly Limit[];
}

function gates({ identity }: Keys, { email, network, open }: Ask): readonly Gate[] {
  const hash = network && keyedHash('network', network, identity);
  return [
    ...(hash && open ? [{ by: 'open network', key: `open:${hash}`, limits: OPEN_NETWORK_LIMITS } as const] : []),
    ...(hash ? [{ by: 'network', key: `network:${hash}`, limits: NETWORK_LIMITS } as const] : []),
    { by: 'mailbox', key: mailboxKey(email, identity), limits: MAILBOX_LIMITS },
    ...(open ? [{ by: 'open door cap', key: 'open-letters', limits: OPEN_LIMITS } as const] : []),
    { by: 'global cap', key: 'all-letters', limits: GLOBAL_LIMITS },
  ];
}

function withheld(log: Logger, by: By): void {
  if (by === 'global cap' || by === 'open door cap')
    log.error('letter withheld', { by, advice: 'Sign-ups are far above normal: look for an attack.' });
  else log.warn('letter withheld', { by });
}
