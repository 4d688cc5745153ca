import { confirm } from '../../subscriptions/confirm.ts';
import { readToken } from '../../subscriptions/token.ts';
import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { queueLetterbox } from '../letterbox.ts';
import { confirmedPage, confirmGonePage, confirmPage } from '../pages/confirm.ts';

/** GET /confirm/:token shows what will be sent, and changes nothing: mail scanners open every link. */
export function getConfirm(deps: SiteDeps) {
  return async (c: Ctx) => {
    const claim = readToken(deps.keys, 'confirm', c.req.param('token') ?? '', deps.clock());
    const row = claim && (await deps.subscribers.get(claim.subject));
    const view = viewFor(deps, c, row?.preferences.locale);
    if (row?.status === 'pending') return answer(c, view, confirmPage(view, row));
    if (row?.status === 'active' || row?.status === 'paused') return answer(c, view, confirmedPage(view, row));
    return answer(c, view, confirmGonePage(view), 404);
  };
}

/** POST /confirm/:token: the reader is in. Doing it twice is as good as once. */
export function postConfirm(deps: SiteDeps) {
  return async (c: Ctx) => {
    const claim = readToken(deps.keys, 'confirm', c.req.param('token') ?? '', deps.clock());
    const letters = queueLetterbox(deps.queue);
    const input = { id: claim?.subject ?? '', ...(claim?.nonce && { nonce: claim.nonce }) };
    const result = claim ? await confirm({ ...deps, letters }, input) : ({ outcome: 'gone' } as const);
    if (result.outcome === 'gone') {
      const view = viewFor(deps, c);
      return answer(c, view, confirmGonePage(view), 404);
    }
    const view = viewFor(deps, c, result.subscriber.preferences.locale);
    return answer(c, view, confirmedPage(view, result.subscriber));
  };
}
