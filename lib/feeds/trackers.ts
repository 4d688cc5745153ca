import type { Attributes } from './attributes.ts';

/** Hosts whose pictures only count readers. */
const COUNTERS =
  /(?:^|\.)(?:feedburner\.com|feedsportal\.com|pixel\.wp\.com|stats\.wp\.com|doubleclick\.net|google-analytics\.com|scorecardresearch\.com|quantserve\.com|pheedo\.com|pheedcontent\.com|buysellads\.com|fastclick\.net|feedblitz\.com|zemanta\.com|addtoany\.com|statcounter\.com|chartbeat\.net|piwik\.pro|matomo\.cloud)$/i;
/** Of an address as `URL` writes it, without userinfo. */
const HOST = /^https?:\/\/([^/:?#]*)/;
const TINY = /^\s*[0-2](?:\.\d+)?\s*(?:px)?\s*$/i;
const UNSEEN =
  /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0?(?:\.0+)?\s*(?:;|$)|(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*[0-2](?:px)?\s*(?:;|$|!)/i;

/**
 * True for a picture that nobody is meant to see: at most two pixels, hidden, or from a host that counts readers.
 * @param src an absolute web address, as `webUrl` gives it
 */
export function isTracker(src: string, attributes: Attributes): boolean {
  if ([attributes.get('width'), attributes.get('height')].some((size) => size !== undefined && TINY.test(size)))
    return true;
  if (attributes.has('hidden') || UNSEEN.test(attributes.get('style') ?? '')) return true;
  return COUNTERS.test(HOST.exec(src)?.[1] ?? '');
}
