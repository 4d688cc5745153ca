import { isForWish } from '../../editions/key.ts';
import type { EditionSummary } from '../../editions/ports.ts';
import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { editionPage } from '../pages/edition.ts';
import { editionsPage } from '../pages/editions.ts';
import { messagePage } from '../pages/message.ts';
import { viewTexts } from '../view.ts';
import { wantedEditions } from './edition-list.ts';
import { variantOf } from './home.ts';

const PER_PAGE = 20;

/** GET /editions: those in the visitor's language, or of the language that `of` names, or `all`; never those made for a wish. */
export function getEditions(deps: SiteDeps) {
  return async (c: Ctx) => {
    const view = viewFor(deps, c);
    const { of: asked, after } = c.req.query();
    const of = asked === 'all' ? undefined : (deps.locales.find((one) => one === asked) ?? view.locale);
    const is = (edition: EditionSummary) => (of === undefined ? !isForWish(edition.id) : variantOf(edition) === of);
    const { items, next } = await wantedEditions(deps.editions, { count: PER_PAGE, is, ...(after && { after }) });
    c.header('Cache-Control', 'public, max-age=300');
    const archive = { editions: items, deep: after !== undefined, ...(of && { of }), ...(next && { older: next }) };
    const isKnown = asked !== undefined && asked === (of ?? 'all');
    const kept = { ...(isKnown && { of: asked }), ...(after && { after }) };
    return answer(c, { ...view, kept }, editionsPage(view, archive));
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
