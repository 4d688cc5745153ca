import type { MiddlewareHandler } from 'hono';

const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Strict headers on everything; a route may set its own `Cache-Control`, else nothing is stored. */
export function strictHeaders(https: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    const set = (name: string, value: string) => headers.has(name) || headers.set(name, value);
    set('Content-Security-Policy', CONTENT_POLICY);
    set('X-Content-Type-Options', 'nosniff');
    set('X-Frame-Options', 'DENY');
    set('Referrer-Policy', 'no-referrer');
    set('Cross-Origin-Opener-Policy', 'same-origin');
    set('Cross-Origin-Resource-Policy', 'same-origin');
    set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), browsing-topics=()');
    set('Cache-Control', 'no-store');
    if (https) set('Strict-Transport-Security', 'max-age=63072000');
  };
}
