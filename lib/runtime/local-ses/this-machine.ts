import type { MiddlewareHandler } from 'hono';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Answers only under a loopback name. Other pages in the same browser reach this machine too, and one whose own name is
 * pointed at 127.0.0.1 would be of the same origin as what is served here.
 */
export function onlyThisMachine(): MiddlewareHandler {
  return async (context, next) => {
    if (!LOOPBACK.has(new URL(context.req.url).hostname))
      return context.text('This page is for this machine only.', 421);
    await next();
    return undefined;
  };
}
