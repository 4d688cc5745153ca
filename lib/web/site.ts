import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { DispatchesError } from '../errors.ts';
import { checkKeys } from '../subscriptions/token.ts';
import { openApi } from './api/openapi.ts';
import { isApi, problem } from './api/problem.ts';
import { postSubscribers } from './api/subscribers.ts';
import { answer, type Ctx, type Env, viewFor } from './context.ts';
import type { Client, SiteDeps } from './deps.ts';
import { strictHeaders } from './headers.ts';
import { ICON, ICON_PATH } from './icon.ts';
import { messagePage } from './pages/message.ts';
import { getConfirm, postConfirm } from './routes/confirm.ts';
import { getEdition, getEditions, notFound } from './routes/editions.ts';
import { getEmbed } from './routes/embed.ts';
import { getFeed } from './routes/feeds-out.ts';
import { getHome } from './routes/home.ts';
import { getPreferences, postPreferences } from './routes/preferences.ts';
import { postSubscribe } from './routes/subscribe.ts';
import { getUnsubscribe, postUnsubscribe } from './routes/unsubscribe.ts';
import { STYLE, STYLE_PATH } from './style.ts';

const MAX_BODY = 8 * 1024;
/** There is no cookie that a foreign page could ride on, and the answers tell nothing: any site may call the API. */
const ANY_SITE = { origin: '*', allowMethods: ['GET', 'POST'], allowHeaders: ['Content-Type'], maxAge: 86_400 };
/** Personal pages are not named here: they say `noindex` themselves, which a robot that may not read them never learns. */
const ROBOTS = 'User-agent: *\nDisallow: /api/\n';

/**
 * The public door. GET and HEAD never change anything; no cookies, no script, no redirects to anywhere else.
 * `client.address` must come from the connection or the platform, never from a header.
 */
export function createSite(deps: SiteDeps): { fetch(request: Request, client?: Client): Promise<Response> } {
  checkKeys(deps.keys);
  const app = new Hono<Env>();
  app.use(strictHeaders(deps.site.url.startsWith('https:')));
  app.use('/api/*', cors(ANY_SITE));
  app.use(bodyLimit({ maxSize: MAX_BODY, onError: (c) => tooLarge(deps, c) }));

  app.get('/', getHome(deps));
  app.get('/subscribe', (c) => c.redirect('/', 303));
  app.post('/subscribe', postSubscribe(deps, 'form'));
  app.get('/embed', getEmbed(deps)).post(postSubscribe(deps, 'embed'));
  app.get('/confirm/:token', getConfirm(deps)).post(postConfirm(deps));
  app.get('/unsubscribe/:token', getUnsubscribe(deps)).post(postUnsubscribe(deps));
  app.get('/preferences/:token', getPreferences(deps)).post(postPreferences(deps));
  app.get('/editions', getEditions(deps));
  app.get('/editions/:id', getEdition(deps));
  app.get('/feeds/*', getFeed(deps));
  app.get('/api/openapi.json', (c) => c.json(openApi(deps), 200, { 'Cache-Control': 'public, max-age=300' }));
  app.post('/api/subscribers', postSubscribers(deps)).all(notAllowed);
  app.get('/robots.txt', (c) => asset(c, ROBOTS, 'text/plain; charset=utf-8', 'max-age=86400'));
  app.get('/healthz', (c) => c.text('ok'));
  app.get(STYLE_PATH, (c) => asset(c, STYLE, 'text/css; charset=utf-8', 'max-age=31536000, immutable'));
  app.get(ICON_PATH, (c) => asset(c, ICON, 'image/svg+xml', 'max-age=604800'));

  app.notFound((c) => (isApi(c) ? problem(c, 404) : notFound(deps, c)));
  app.onError((error, c) => failed(deps, c, error));
  return { fetch: async (request, client = {}) => app.fetch(request, client) };
}

function asset(c: Ctx, body: string, type: string, keep: string) {
  return c.body(body, 200, { 'Content-Type': type, 'Cache-Control': `public, ${keep}` });
}

/** What is allowed instead (RFC 9110, section 15.5.6). */
function notAllowed(c: Ctx) {
  c.header('Allow', 'POST, OPTIONS');
  return problem(c, 405);
}

function tooLarge(deps: SiteDeps, c: Ctx) {
  if (isApi(c)) return problem(c, 413);
  const view = viewFor(deps, c, undefined, '/');
  const { errors } = view.texts;
  return answer(c, view, messagePage(errors.tooLargeTitle, [errors.tooLargeBody]), 413);
}

/** Says nothing about the inside, and logs the pattern of the address only: the address itself may hold a token. */
function failed(deps: SiteDeps, c: Ctx, error: Error) {
  deps.log.error('request failed', { method: c.req.method, route: c.req.routePath, error });
  const status = error instanceof DispatchesError ? 503 : 500;
  if (status === 503) c.header('Retry-After', '900');
  if (isApi(c)) return problem(c, status);
  const view = viewFor(deps, c, undefined, '/');
  const { errors } = view.texts;
  return answer(c, view, messagePage(errors.failedTitle, [errors.failedBody]), status);
}
