import { sha256 } from '../sha256.ts';
import type { ParsedItem } from './model.ts';

/** Query parameters that say where a reader came from and nothing about the page. */
const TRACKING =
  /^(?:(?:utm|mtm|pk|piwik|hsa|ga|at)_.+|_hs(?:enc|mi)|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|mkt_tok|oly_(?:enc|anon)_id|vero_id|wickedid|xtor|ns_(?:campaign|mchannel|source|linkname)|cmpid|ocid|smid|wt_mc|wt\.mc_id|__twitter_impression|srnd|feedtype)$/i;

/** The link without parameters that follow readers around; everything else stays byte for byte. */
export function withoutTracking(link: string): string {
  const url = URL.parse(link);
  if (!url?.search) return link;
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => !TRACKING.test(pair.split('=', 1)[0] ?? ''));
  url.search = kept.join('&');
  if (/^#?(?:utm_|xtor=)/.test(url.hash.slice(1))) url.hash = '';
  return url.href;
}

/** Registrable-looking host: `feeds.news.example.co.uk` -> `example.co.uk`. A guess without a list of suffixes. */
export function familyOf(address: string): string {
  const host = URL.parse(address)?.hostname.replace(/\.$/, '') ?? address;
  if (/^[\d.]+$|:/.test(host)) return host;
  const labels = host.split('.');
  const [top = '', second = ''] = labels.toReversed();
  const suffix = top.length === 2 && /^(?:com?|org|net|edu|gov|ac|gob|gouv|or|ne|in)$/.test(second) ? 2 : 1;
  return labels.slice(-(suffix + 1)).join('.');
}

/**
 * What makes an item the same item at the next fetch: its id, else its link, else its content. Items of one document
 * that share an id but not a link are different items (some publishers repeat one guid).
 * @param repeated ids that stand for several links in this document
 * @returns 32 hex digits; the empty string when the item has nothing to tell it by
 */
export function itemKey(feedUrl: string, item: ParsedItem, repeated: ReadonlySet<string>): string {
  const link = item.link ? withoutTracking(item.link) : '';
  const shared = item.id !== null && repeated.has(item.id);
  const id = shared ? `${item.id}\n${link}` : item.id;
  const identity = id || link || [item.title, item.summary, item.content].join('');
  return identity ? sha256(`${feedUrl}\n${identity}`).slice(0, 32) : '';
}

/** Ids that two items with different links share. */
export function repeatedIds(items: readonly ParsedItem[]): ReadonlySet<string> {
  const links = new Map<string, string | null>();
  const repeated = new Set<string>();
  for (const { id, link } of items) {
    if (id === null) continue;
    if (links.has(id) && links.get(id) !== link) repeated.add(id);
    links.set(id, link);
  }
  return repeated;
}
