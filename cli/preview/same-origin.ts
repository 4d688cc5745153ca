import type { MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { onlyThisMachine } from '../../lib/runtime/local-ses/this-machine.ts';

/**
 * Other pages in the same browser reach this machine too. So the page answers only under a loopback name, and a change
 * must come from the page itself: browsers say where a form comes from (`Origin`; Fetch standard, section 3.2), and what
 * does not say so is refused.
 */
export function onlyOwnPages(): MiddlewareHandler {
  return every(onlyThisMachine(), async (context, next) => {
    const { host } = new URL(context.req.url);
    const reads = context.req.method === 'GET' || context.req.method === 'HEAD';
    if (!reads && context.req.header('origin') !== `http://${host}`)
      return context.text('Changes are taken from this page only. Load it again.', 403);
    await next();
    return undefined;
  });
}
