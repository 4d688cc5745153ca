import { updatePreferences } from '../../subscriptions/preferences.ts';
import { createToken, readToken } from '../../subscriptions/token.ts';
import { undoUnsubscribe, unsubscribe } from '../../subscriptions/unsubscribe.ts';
import { DAY, HOUR } from '../../time.ts';
import type { Instant } from '../../types.ts';
import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { type Fields, readFields } from '../input.ts';
import { queueLetterbox } from '../letterbox.ts';
import { messagePage } from '../pages/message.ts';
import { goodbyePage, pausedPage, undonePage, unsubscribePage } from '../pages/unsubscribe.ts';
import type { PageContent, View } from '../view.ts';

const UNDO_MS = HOUR;
const PAUSE_MS = 28 * DAY;

/** GET /unsubscribe/:token shows the button, and changes nothing. */
export function getUnsubscribe(deps: SiteDeps) {
  return async (c: Ctx) => {
    const id = readerIn(deps, c);
    const row = id && (await deps.subscribers.get(id));
    const view = viewFor(deps, c, row ? row.preferences.locale : undefined);
    if (!id) return badLink(c, view);
    return answer(c, view, row ? unsubscribePage(view, row) : goodbyePage(view));
  };
}

/**
 * POST /unsubscribe/:token, from the page or straight from a mail program (RFC 8058: no cookie, no other context, no
 * redirect). Whatever the body says, it takes the reader out, unless the page's pause or undo button was pressed. Who is
 * out already, or no longer known, gets the same answer.
 */
export function postUnsubscribe(deps: SiteDeps) {
  return async (c: Ctx) => {
    const fields = await readFields(c.req.raw);
    const id = readerIn(deps, c);
    const row = id && (await deps.subscribers.get(id));
    const view = viewFor(deps, c, row ? row.preferences.locale : undefined);
    if (!id) return badLink(c, view);
    return answer(c, view, await act(deps, view, id, fields));
  };
}

async function act(deps: SiteDeps, view: View, id: string, fields: Fields): Promise<PageContent> {
  const all = { ...deps, letters: queueLetterbox(deps.queue) };
  const breakEnds = new Date(deps.clock().getTime() + PAUSE_MS).toISOString();
  if (fields.undo) {
    const back = {
      version: versionIn(deps, id, fields.undo),
      ...(fields.action === 'pause' && { pausedUntil: breakEnds }),
    };
    if (!(await undoUnsubscribe(all, { id, ...back }))) return goodbyePage(view);
    return fields.action === 'pause' ? pausedPage(view, breakEnds) : undonePage(view);
  }
  if (fields.action === 'pause') return pause(deps, view, id, breakEnds);
  const reason = fields.action === 'leave' ? 'page' : 'one-click';
  const { changed, subscriber } = await unsubscribe(all, { id, reason });
  return goodbyePage(view, changed && subscriber?.email ? undoToken(deps, id, subscriber.version) : undefined);
}

function undoToken(deps: SiteDeps, id: string, version: number): string {
  const until = new Date(deps.clock().getTime() + UNDO_MS);
  return createToken(deps.keys, { purpose: 'undo', subject: id, nonce: String(version), until });
}

/** The version of the row that the token lets its holder take back; 0, which no row has, for any other token. */
function versionIn(deps: SiteDeps, id: string, token: string): number {
  const claim = readToken(deps.keys, 'undo', token, deps.clock());
  return claim?.subject === id ? Number(claim.nonce) : 0;
}

async function pause(deps: SiteDeps, view: View, id: string, pausedUntil: Instant): Promise<PageContent> {
  const row = await deps.subscribers.get(id);
  const done = row && (await updatePreferences(deps, { id, preferences: row.preferences, pausedUntil }));
  return done ? pausedPage(view, pausedUntil) : goodbyePage(view);
}

/** The id in a link that is ours. */
function readerIn(deps: SiteDeps, c: Ctx): string | undefined {
  return readToken(deps.keys, 'unsubscribe', c.req.param('token') ?? '', deps.clock())?.subject;
}

function badLink(c: Ctx, view: View) {
  const { errors } = view.texts;
  return answer(c, view, messagePage(errors.linkTitle, [errors.linkBody]), 404);
}
