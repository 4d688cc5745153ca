import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { editionPage } from '../pages/edition.ts';
import { editionsPage } from '../pages/editions.ts';
import { messagePage } from '../pages/message.ts';
import { viewTexts } from '../view.ts';
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

/** GET /editions/:id: the page of one edition, in its own language. */
export function getEdition(deps: SiteDeps) {
  return async (c: Ctx) => {
    const record = await deps.editions.get(c.req.param('id') ?? '');
    if (!record) return notFound(deps, c);
    const { edition } = record;
    const view = { ...viewFor(deps, c), locale: edition.variant, texts: viewTexts(edition.variant) };
    const { here: _switch, ...fixed } = view;
    c.header('Cache-Control', 'public, max-age=300');
    return answer(c, fixed, editionPage(fixed, edition));
  };
}

export function notFound(deps: SiteDeps, c: Ctx) {
  const view = viewFor(deps, c, undefined, '/');
  const { errors } = view.texts;
  return answer(c, view, messagePage(errors.notFoundTitle, [errors.notFoundBody]), 404);
}
