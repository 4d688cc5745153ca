import { erase } from '../../subscriptions/erase.ts';
import { exportData } from '../../subscriptions/export-data.ts';
import { normaliseEmail } from '../../subscriptions/identity.ts';
import type { Subscriber } from '../../subscriptions/model.ts';
import { updatePreferences } from '../../subscriptions/preferences.ts';
import { readToken } from '../../subscriptions/token.ts';
import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { inEvenTime } from '../even-time.ts';
import { type Fields, readFields, readPause, readPreferences } from '../input.ts';
import { erasedPage, notReaderPage, type PreferencesState, preferencesPage } from '../pages/preferences.ts';
import type { View } from '../view.ts';
import { ask, isUsable } from './subscribe.ts';

/** GET /preferences/:token shows the settings, and changes nothing. */
export function getPreferences(deps: SiteDeps) {
  return async (c: Ctx) => {
    const row = await readerOf(deps, c);
    const view = viewFor(deps, c, row?.preferences.locale);
    return row ? show(deps, c, view, { row }) : answer(c, view, notReaderPage(view), 404);
  };
}

/** POST /preferences/:token: save (and move to another address, where one was typed), export or erase. */
export function postPreferences(deps: SiteDeps) {
  return async (c: Ctx) => {
    const fields = await readFields(c.req.raw);
    const row = await readerOf(deps, c);
    const view = viewFor(deps, c, row?.preferences.locale);
    if (!row) return answer(c, view, notReaderPage(view), 404);
    if (fields.action === 'export') return download(c, row);
    if (fields.action === 'erase') {
      await erase(deps, row.id);
      return answer(c, view, erasedPage(view));
    }
    return save(deps, c, view, row, fields);
  };
}

async function save(deps: SiteDeps, c: Ctx, view: View, row: Subscriber, fields: Fields) {
  const { preferences, known } = readPreferences(fields, deps, view.locale, row.preferences);
  const { pause = '', email = '' } = fields;
  const pausedUntil = readPause(pause, deps.clock());
  const isTyped = email.trim() !== '';
  const isBad = isTyped && !isUsable(email);
  // A password manager fills in the address they have: that is no move.
  const isMove = isTyped && !isBad && normaliseEmail(email) !== row.email;
  const problems = {
    ...(!known && { choice: view.texts.form.badChoice }),
    ...(pausedUntil === 'bad' && { pause: view.texts.preferences.badPause }),
    ...(isBad && { email: view.texts.form.badEmail }),
  };
  if (pausedUntil === 'bad' || Object.keys(problems).length > 0)
    return show(deps, c, view, { row, draft: { preferences, pause, email, problems } });
  const saved = await updatePreferences(deps, { id: row.id, preferences, ...(pausedUntil && { pausedUntil }) });
  if (!saved) return answer(c, view, notReaderPage(view), 404);
  if (isMove) await move(deps, c, saved, email);
  const now = viewFor(deps, c, preferences.locale);
  const { preferences: words } = now.texts;
  return show(deps, c, now, { row: saved, saved: isMove ? `${words.saved} ${words.addressAsked}` : words.saved });
}

/** Takes as long whether or not the new address is known here. */
function move(deps: SiteDeps, c: Ctx, row: Subscriber, email: string): Promise<void> {
  const { id, preferences, consent, pausedUntil } = row;
  const own = { preferences, textHash: consent.textHash, ...(pausedUntil && { pausedUntil }) };
  const wish = { ...own, email, source: 'move', replaces: id };
  return inEvenTime(deps, () => ask(deps, c, wish));
}

function download(c: Ctx, row: Subscriber) {
  c.header('Content-Disposition', 'attachment; filename="dispatches-my-data.json"');
  c.header('X-Robots-Tag', 'noindex, nofollow');
  return c.json(exportData(row));
}

function show(deps: SiteDeps, c: Ctx, view: View, state: Pick<PreferencesState, 'row' | 'saved' | 'draft'>) {
  const unsubscribeUrl = new URL(deps.links.unsubscribe(state.row.id)).pathname;
  const page = preferencesPage(view, { ...state, now: deps.clock(), unsubscribeUrl, wishes: deps.wishes });
  return answer(c, view, page, state.draft ? 422 : 200);
}

async function readerOf(deps: SiteDeps, c: Ctx): Promise<Subscriber | undefined> {
  const claim = readToken(deps.keys, 'preferences', c.req.param('token') ?? '', deps.clock());
  const row = claim && (await deps.subscribers.get(claim.subject));
  return row?.status === 'active' || row?.status === 'paused' ? row : undefined;
}
