/**
 * Seconds until an HTTP date, by the server's clock or ours, whichever makes it longer: clocks differ, and early is
 * impolite. Undefined when it is no date.
 */
function secondsUntil(date: string, serverDate: string | undefined, now: Date): number | undefined {
  const at = Date.parse(date);
  if (Number.isNaN(at)) return undefined;
  const from = Math.min(Date.parse(serverDate ?? '') || now.getTime(), now.getTime());
  return Math.max(0, Math.ceil((at - from) / 1000));
}

/** RFC 9110, section 10.2.3: seconds or a date. */
export function retryAfterSeconds(
  value: string | undefined,
  serverDate: string | undefined,
  now: Date,
): number | undefined {
  const text = value?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : secondsUntil(text, serverDate, now);
}

/**
 * How long an answer stays fresh: `max-age`, else `Expires` (RFC 9111, section 4.2.1). 0 when it says nothing or must
 * not be kept.
 */
export function freshSeconds(
  headers: {
    readonly 'cache-control'?: string | undefined;
    readonly expires?: string | undefined;
    readonly date?: string | undefined;
  },
  now: Date,
): number {
  const control = headers['cache-control']?.toLowerCase() ?? '';
  if (/\bno-(?:cache|store)\b/.test(control)) return 0;
  const maxAge = /\bmax-age\s*=\s*"?(\d{1,9})/.exec(control)?.[1];
  if (maxAge !== undefined) return Number(maxAge);
  return headers.expires ? (secondsUntil(headers.expires, headers.date, now) ?? 0) : 0;
}
