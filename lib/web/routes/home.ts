import { isForWish } from '../../editions/key.ts';
import type { Edition } from '../../editions/model.ts';
import type { EditionSummary } from '../../editions/ports.ts';
import type { Locale } from '../../types.ts';
import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { createFormToken } from '../form-token.ts';
import { homePage } from '../pages/home.ts';
import { wantedEditions } from './edition-list.ts';

/** GET / */
export function getHome(deps: SiteDeps) {
  return async (c: Ctx) => {
    const view = viewFor(deps, c);
    const preferences = { ...deps.digest, locale: view.locale };
    const form = { token: createFormToken(deps.keys, deps.clock()), preferences };
    return answer(c, view, homePage(view, form, await latestEdition(deps, view.locale)));
  };
}

/** The newest edition with stories in it, in this language where there is one. */
async function latestEdition(deps: SiteDeps, locale: Locale): Promise<Edition | undefined> {
  const is = ({ id, stories }: EditionSummary) => stories > 0 && !isForWish(id) && !id.includes('-breaking-');
  const { items: full } = await wantedEditions(deps.editions, { count: 30, is });
  const best = full.find((edition) => variantOf(edition) === locale) ?? full[0];
  return best && (await deps.editions.get(best.id))?.edition;
}

/** Editions are named `publication-cadence-variant-time`. */
export function variantOf(edition: EditionSummary): string | undefined {
  return edition.id.split('-')[2];
}
