import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Global unicast IPv6; everything outside it (and the special blocks inside) is somebody's inside. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** What kind of address this is: `public`, `loopback`, or the name of the special range that it belongs to. */
export function classOf(address: string): string {
  if (isIP(address) === 0) return 'unreadable';
  const parsed = ipaddr.process(address.replace(/%.*$/, ''));
  const range = parsed.range();
  if (range !== 'unicast') return range;
  return parsed instanceof ipaddr.IPv6 && !parsed.match(...GLOBAL_V6) ? 'reserved' : 'public';
}

/** Whether a feed may be read from this IP address. */
export function mayConnect(address: string, allowLoopback: boolean): boolean {
  const kind = classOf(address);
  return kind === 'public' || (allowLoopback && kind === 'loopback');
}

/** The IP address that a URL names literally, if it does; `new URL` has already unfolded `0x7f.1` and the like. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) ? host : undefined;
}
