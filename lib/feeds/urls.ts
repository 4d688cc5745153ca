/** Longest link that is kept; browsers and mail programs agree up to about this. */
const MAX_URL = 8192;

/** An absolute web address in which there is nothing to resolve, escape or hide. */
const PLAIN =
  /^https?:\/\/[a-z\d][a-z\d.-]*[a-z\d]\/(?!\.)(?:[\w\-~!$&'()*+,;=:@%]|[./](?!\.))*(?:\?[\w\-.~!$&()*+,;=:@%/?]*)?(?:#[\w\-.~!$&()*+,;=:@%/?]*)?$/;

/** An absolute URL from a reference as written in a feed, or undefined when it cannot be resolved. Any scheme. */
export function resolveUrl(reference: string, base?: string | null): string | undefined {
  const trimmed = reference.trim();
  if (!trimmed || trimmed.length > MAX_URL) return undefined;
  if (PLAIN.test(trimmed)) return trimmed;
  return URL.parse(trimmed, base || undefined)?.href;
}

/** An absolute http(s) URL without userinfo, or null. */
export function webUrl(reference: string | undefined, base?: string | null): string | null {
  const trimmed = reference?.trim() ?? '';
  if (!trimmed || trimmed.length > MAX_URL) return null;
  if (PLAIN.test(trimmed)) return trimmed;
  const url = URL.parse(trimmed, base || undefined);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.username) url.username = '';
  if (url.password) url.password = '';
  return url.href;
}
