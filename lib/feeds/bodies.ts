import { resolveHtml } from './resolve-html.ts';
import { sanitise } from './sanitise.ts';

/** HTML as a publisher wrote it, and what relative addresses in it resolve against. */
export interface Body {
  readonly html: string;
  readonly base: string | undefined;
}

/** As published but for its addresses, which are absolute. Made when it is asked for: most callers want it safe. */
export function published(body: Body | null): string | null {
  return body && resolveHtml(body.html, body.base);
}

/** Sanitised, in one pass with its addresses; only bases inside it have to be applied before. */
export function safe(body: Body | null): string {
  if (!body) return '';
  const { html, base } = body;
  return sanitise(html.includes('xml:base') ? resolveHtml(html, base) : html, base);
}
