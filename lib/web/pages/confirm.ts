import { html } from 'hono/html';
import { maskEmail } from '../../subscriptions/identity.ts';
import type { Subscriber } from '../../subscriptions/model.ts';
import { say, WEB_TEXTS } from '../texts.ts';
import { appointmentLine, type PageContent, type View } from '../view.ts';
import { oneButton } from './fields.ts';
import { homeLink, messagePage } from './message.ts';

/** What will be sent, and the one button that starts it. */
export function confirmPage(view: View, row: Subscriber): PageContent {
  const { confirm } = view.texts;
  const body = html`<div class="narrow"><h1>${confirm.title}</h1>
<p>${say(confirm.body, { name: view.site.name, email: maskEmail(row.email) })}</p>
<ul class="facts"><li>${appointmentLine(view.texts, row.preferences)}</li><li>${WEB_TEXTS[row.preferences.locale].languageName}</li></ul>
${oneButton(confirm.button)}
<p class="hint">${confirm.ignore}</p></div>`;
  return { title: confirm.title, body, personal: true };
}

export function confirmedPage(view: View, row: Subscriber): PageContent {
  const { confirm } = view.texts;
  const done = say(confirm.doneBody, { name: view.site.name, email: maskEmail(row.email) });
  return messagePage(confirm.doneTitle, [done, appointmentLine(view.texts, row.preferences)]);
}

export function confirmGonePage(view: View): PageContent {
  const { confirm } = view.texts;
  return messagePage(confirm.goneTitle, [confirm.goneBody], [homeLink(view)]);
}
