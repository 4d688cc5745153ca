import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { embedPage } from '../pages/embed.ts';

/** GET /embed: the form for other sites. */
export function getEmbed(deps: SiteDeps) {
  return async (c: Ctx) => {
    const view = viewFor(deps, c);
    c.header('Cache-Control', 'public, max-age=300');
    return answer(c, view, embedPage(view));
  };
}
