import { renderEditionPage } from '../../rendering/page.ts';
import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { editionsPage } from '../pages/editions.ts';
import { messagePage } from '../pages/message.ts';
import { variantOf } from './home.ts';

const PER_PAGE = 60;

/** GET /editions: those in the visitor's language. */
export function getEditions(deps: SiteDeps) {
  return async (c: Ctx) => {
    const view = viewFor(deps, c);
    const page = await deps.editions.list(PER_PAGE, c.req.query('after'));
    const own = page.items.filter((edition) => variantOf(edition) === view.locale);
    c.header('Cache-Control', 'public, max-age=300');
    return answer(c, view, editionsPage(view, own, page.next));
  };
}

/** The page is the mail itself: its styles stand inside it, and nothing else is allowed to. */
const EDITION_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** GET /editions/:id: the page of one edition, in its own language. */
export function getEdition(deps: SiteDeps) {
  return async (c: Ctx) => {
    const record = await deps.editions.get(c.req.param('id') ?? '');
    if (!record) return notFound(deps, c);
    c.header('Content-Security-Policy', EDITION_POLICY);
    c.header('Content-Language', record.edition.variant);
    c.header('Cache-Control', 'public, max-age=300');
    return c.html(renderEditionPage(record.edition, deps.site));
  };
}

export function notFound(deps: SiteDeps, c: Ctx) {
  const view = viewFor(deps, c, undefined, '/');
  const { errors } = view.texts;
  return answer(c, view, messagePage(errors.notFoundTitle, [errors.notFoundBody]), 404);
}
