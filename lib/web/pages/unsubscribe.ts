import { html } from 'hono/html';
import { maskEmail } from '../../subscriptions/identity.ts';
import type { Subscriber } from '../../subscriptions/model.ts';
import { say } from '../texts.ts';
import { type Html, longDay, type PageContent, type View } from '../view.ts';
import { oneButton } from './fields.ts';
import { homeLink, messagePage } from './message.ts';

/** One button to leave; a pause beside it. */
export function unsubscribePage(view: View, row: Subscriber): PageContent {
  const { unsubscribe } = view.texts;
  const isReader = row.status === 'active' || row.status === 'paused';
  const body = html`<div class="narrow"><h1>${unsubscribe.title}</h1>
<p>${say(unsubscribe.body, { name: view.site.name, email: maskEmail(row.email) })}</p>
${oneButton(unsubscribe.button, { action: 'leave' })}
<p class="hint">${unsubscribe.forwarded}</p>
${row.status === 'active' ? html`<section><p>${unsubscribe.pauseBody}</p>${oneButton(unsubscribe.pauseButton, { action: 'pause' }, true)}</section>` : ''}</div>`;
  return {
    title: unsubscribe.title,
    body: isReader || row.status === 'pending' ? body : goodbye(view),
    personal: true,
  };
}

/** @param undoToken only for whoever made the change just now */
export function goodbyePage(view: View, undoToken?: string): PageContent {
  return { title: view.texts.unsubscribe.doneTitle, body: goodbye(view, undoToken), personal: true };
}

function goodbye(view: View, undoToken?: string): Html {
  const { unsubscribe: words } = view.texts;
  const next = undoToken
    ? [
        oneButton(words.undo, { action: 'undo', undo: undoToken }, true),
        oneButton(words.pauseInstead, { action: 'pause', undo: undoToken }, true),
      ]
    : [];
  return messagePage(words.doneTitle, [words.doneBody], [...next, html`<p>${words.again}</p>`, homeLink(view)]).body;
}

export function pausedPage(view: View, until: string): PageContent {
  const { unsubscribe } = view.texts;
  return messagePage(unsubscribe.pausedTitle, [say(unsubscribe.pausedBody, { date: longDay(until, view.locale) })]);
}

export function undonePage(view: View): PageContent {
  const { unsubscribe } = view.texts;
  return messagePage(unsubscribe.undoneTitle, [unsubscribe.undoneBody]);
}
