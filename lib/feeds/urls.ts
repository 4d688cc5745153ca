/** Longest link that is kept; browsers and mail programs agree up to about this. */
const MAX_URL = 8192;

/** An absolute web address in which there is nothing to resolve, escape or hide. */
const PLAIN =
  /^https?:\/\/[a-z\d][a-z\d.-]*[a-z\d]\/(?!\.)(?:[\w\-~!$&'()*+,;=:@%]|[./](?!\.))*(?:\?[\w\-.~!$&()*+,;=:@%/?]*)?(?:#[\w\-.~!$&()*+,;=:@%/?]*)?$/;
/** The same from the root of a site. */
const PLAIN_PATH = /^\/(?![./])(?:[\w\-~!$&'()*+,;=:@%]|[./](?!\.))*(?:\?[\w\-.~!$&()*+,;=:@%/?]*)?$/;
/** The site of a plain address. */
const SITE = /^https?:\/\/[a-z\d][a-z\d.-]*[a-z\d](?=\/)/;

/** An absolute URL from a reference as written in a feed, or undefined when it cannot be resolved. Any scheme. */
export function resolveUrl(reference: string, base?: string | null): string | undefined {
  const trimmed = reference.trim();
  if (!trimmed || trimmed.length > MAX_URL) return undefined;
  return plainUrl(trimmed, base) ?? URL.parse(trimmed, base || undefined)?.href;
}

/** Most references, without the cost of a whole URL: what `URL` would give, or undefined for all that is not plain. */
function plainUrl(reference: string, base: string | null | undefined): string | undefined {
  if (PLAIN.test(reference)) return reference;
  const site = base && PLAIN_PATH.test(reference) ? SITE.exec(base) : null;
  return site ? site[0] + reference : undefined;
}

/** An absolute http(s) URL without userinfo, or null. */
export function webUrl(reference: string | undefined, base?: string | null): string | null {
  const trimmed = reference?.trim() ?? '';
  if (!trimmed || trimmed.length > MAX_URL) return null;
  const plain = plainUrl(trimmed, base);
  if (plain !== undefined) return plain;
  const url = URL.parse(trimmed, base || undefined);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.username) url.username = '';
  if (url.password) url.password = '';
  return url.href;
}
