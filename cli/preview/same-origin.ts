import type { MiddlewareHandler } from 'hono';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Other pages in the same browser reach this machine too. So the page answers only under a loopback name (a name that
 * somebody points at 127.0.0.1 is none), and a change must come from the page itself: browsers say where a form comes
 * from (`Origin`; Fetch standard, section 3.2), and what does not say so is refused.
 */
export function onlyOwnPages(): MiddlewareHandler {
  return async (context, next) => {
    const { host, hostname } = new URL(context.req.url);
    const reads = context.req.method === 'GET' || context.req.method === 'HEAD';
    if (!LOOPBACK.has(hostname)) return context.text('This page is for this machine only.', 421);
    if (!reads && context.req.header('origin') !== `http://${host}`)
      return context.text('Changes are taken from this page only. Load it again.', 403);
    await next();
    return undefined;
  };
}
