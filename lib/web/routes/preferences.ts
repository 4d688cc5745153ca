import { InputError } from '../../errors.ts';
import { erase } from '../../subscriptions/erase.ts';
import { exportData } from '../../subscriptions/export-data.ts';
import type { Subscriber } from '../../subscriptions/model.ts';
import { updatePreferences } from '../../subscriptions/preferences.ts';
import { readToken } from '../../subscriptions/token.ts';
import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { inEvenTime } from '../even-time.ts';
import { type Fields, readFields, readPause, readPreferences } from '../input.ts';
import { erasedPage, notReaderPage, type PreferencesState, preferencesPage } from '../pages/preferences.ts';
import type { View } from '../view.ts';
import { ask } from './subscribe.ts';

/** GET /preferences/:token shows the settings, and changes nothing. */
export function getPreferences(deps: SiteDeps) {
  return async (c: Ctx) => {
    const row = await readerOf(deps, c);
    const view = viewFor(deps, c, row?.preferences.locale);
    return row ? show(deps, c, view, { row }) : answer(c, view, notReaderPage(view), 404);
  };
}

/** POST /preferences/:token: save, move to another address, export or erase. */
export function postPreferences(deps: SiteDeps) {
  return async (c: Ctx) => {
    const fields = await readFields(c.req.raw);
    const row = await readerOf(deps, c);
    const view = viewFor(deps, c, row?.preferences.locale);
    if (!row) return answer(c, view, notReaderPage(view), 404);
    if (fields.action === 'move') return move(deps, c, view, row, fields);
    if (fields.action === 'export') return download(c, row);
    if (fields.action === 'erase') {
      await erase(deps, row.id);
      return answer(c, view, erasedPage(view));
    }
    return save(deps, c, view, row, fields);
  };
}

async function save(deps: SiteDeps, c: Ctx, view: View, row: Subscriber, fields: Fields) {
  const preferences = readPreferences(fields, deps, view.locale, row.preferences);
  const pausedUntil = readPause(fields.pause, deps.clock());
  if (!preferences) return show(deps, c, view, { row, problem: view.texts.form.badChoice });
  if (pausedUntil === 'bad') return show(deps, c, view, { row, problem: view.texts.preferences.badPause });
  const saved = await updatePreferences(deps, { id: row.id, preferences, ...(pausedUntil && { pausedUntil }) });
  if (!saved) return answer(c, view, notReaderPage(view), 404);
  const now = viewFor(deps, c, preferences.locale);
  return show(deps, c, now, { row: saved, saved: now.texts.preferences.saved });
}

/** Answers alike whether or not the new address is known here. */
async function move(deps: SiteDeps, c: Ctx, view: View, row: Subscriber, fields: Fields) {
  const { textHash } = row.consent;
  const wish = { email: fields.email ?? '', preferences: row.preferences, source: 'move', replaces: row.id, textHash };
  try {
    await inEvenTime(deps, () => ask(deps, c, wish));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return show(deps, c, view, { row, problem: view.texts.form.badEmail });
  }
  return show(deps, c, view, { row, saved: view.texts.preferences.addressAsked });
}

function download(c: Ctx, row: Subscriber) {
  c.header('Content-Disposition', 'attachment; filename="dispatches-my-data.json"');
  c.header('X-Robots-Tag', 'noindex, nofollow');
  return c.json(exportData(row));
}

function show(deps: SiteDeps, c: Ctx, view: View, state: Pick<PreferencesState, 'row' | 'saved' | 'problem'>) {
  const unsubscribeUrl = new URL(deps.links.unsubscribe(state.row.id)).pathname;
  const page = preferencesPage(view, { ...state, now: deps.clock(), unsubscribeUrl, wishes: deps.wishes });
  return answer(c, view, page, state.problem ? 422 : 200);
}

async function readerOf(deps: SiteDeps, c: Ctx): Promise<Subscriber | undefined> {
  const claim = readToken(deps.keys, 'preferences', c.req.param('token') ?? '', deps.clock());
  const row = claim && (await deps.subscribers.get(claim.subject));
  return row?.status === 'active' || row?.status === 'paused' ? row : undefined;
}
