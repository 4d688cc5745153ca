import { FeedError } from './feed-error.ts';

/** How feeds are fetched; every bound has a default. */
export interface FetchOptions {
  /** Names us and how to reach the operator. */
  readonly userAgent: string;
  /** True only for feeds on this machine. */
  readonly allowLoopback: boolean;
  /** From the first DNS query to the last byte, redirects included. Default 15 000. */
  readonly timeoutMs?: number;
  /** Bytes of a body, before and after decompression. Default 10 MiB. */
  readonly maxBytes?: number;
  /** Default 5. */
  readonly maxRedirects?: number;
}

export type FetchOutcome =
  | {
      readonly kind: 'document';
      readonly bytes: Uint8Array;
      readonly contentType: string | null;
      /** Where the document came from in the end. */
      readonly url: string;
      readonly headers: Headers;
    }
  | { readonly kind: 'unchanged'; readonly headers: Headers };

/** First version. */
export async function fetchFeed(
  url: string,
  validators: { readonly etag?: string; readonly lastModified?: string },
  options: FetchOptions,
): Promise<FetchOutcome> {
  const headers = new Headers({ 'user-agent': options.userAgent });
  if (validators.etag) headers.set('if-none-match', validators.etag);
  if (validators.lastModified) headers.set('if-modified-since', validators.lastModified);
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(options.timeoutMs ?? 15_000) }).catch(
    (cause: unknown) => {
      throw new FeedError('network', `${url} could not be reached.`, 'Check the address.', { cause });
    },
  );
  if (response.status === 304) return { kind: 'unchanged', headers: response.headers };
  if (!response.ok) throw new FeedError('status', `${url} answered ${response.status}.`, 'Check the address.');
  const bytes = new Uint8Array(await response.arrayBuffer());
  return {
    kind: 'document',
    bytes,
    contentType: response.headers.get('content-type'),
    url: response.url,
    headers: response.headers,
  };
}
