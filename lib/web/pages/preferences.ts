import { html } from 'hono/html';
import { maskEmail } from '../../subscriptions/identity.ts';
import type { Subscriber } from '../../subscriptions/model.ts';
import { say } from '../texts.ts';
import type { Html, PageContent, View } from '../view.ts';
import type { WishOffer } from '../wishes.ts';
import { choiceFields, emailField, oneButton } from './fields.ts';
import { homeLink, messagePage, statusNote } from './message.ts';
import { wishFields } from './wish-fields.ts';

export interface PreferencesState {
  readonly row: Subscriber;
  readonly now: Date;
  readonly unsubscribeUrl: string;
  readonly wishes?: WishOffer | undefined;
  readonly saved?: string;
  readonly problem?: string;
}

export function preferencesPage(view: View, state: PreferencesState): PageContent {
  const { preferences: words } = view.texts;
  const body = html`<div class="narrow"><h1>${words.title}</h1>
${state.saved ? statusNote(state.saved) : ''}${state.problem ? statusNote(state.problem, true) : ''}
<p>${say(words.for, { email: maskEmail(state.row.email) })}</p>
${choicesForm(view, state)}
<section><h2>${words.addressTitle}</h2><form method="post"><input type="hidden" name="action" value="move">
${emailField('email', words.address)}<p class="hint">${words.addressHint}</p>
<button type="submit" class="quiet">${words.addressButton}</button></form></section>
<section><h2>${words.dataTitle}</h2><p>${words.dataBody}</p>${oneButton(words.export, { action: 'export' }, true)}
<details class="choices"><summary>${words.erase}</summary>${oneButton(words.eraseSure, { action: 'erase' })}</details></section>
<section><h2>${words.leave}</h2><form method="post" action="${state.unsubscribeUrl}?lang=${view.locale}"><input type="hidden" name="action" value="leave">
<button type="submit" class="quiet">${words.leaveButton}</button></form></section></div>`;
  return { title: words.title, body, personal: true };
}

function choicesForm(view: View, { row, now, wishes }: PreferencesState): Html {
  const { preferences: words } = view.texts;
  const day = (ahead: number) => new Date(now.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  const paused = row.status === 'paused' && row.pausedUntil && row.pausedUntil > now.toISOString();
  const wantsQuiet = row.preferences.quietDays === 'mail';
  const until = paused ? row.pausedUntil?.slice(0, 10) : '';
  return html`<form method="post"><input type="hidden" name="action" value="save">
<h2>${words.when}</h2>${choiceFields(view, row.preferences)}
<fieldset><legend>${words.quiet}</legend>
${quietChoice('skip', words.quietSkip, !wantsQuiet)}${quietChoice('mail', words.quietMail, wantsQuiet)}</fieldset>
<div class="field"><label for="pause">${words.pause}</label>
<input id="pause" name="pause" type="date" min="${day(1)}" max="${day(365)}" value="${until}" aria-describedby="pause-hint"><p class="hint" id="pause-hint">${words.pauseHint}</p></div>
<h2>${view.texts.wish.title}</h2>${wishFields(view, row.preferences, wishes)}
<button type="submit">${words.save}</button></form>`;
}

function quietChoice(value: string, label: string, chosen: boolean): Html {
  return html`<label class="radio"><input type="radio" name="quietDays" value="${value}"${chosen ? html` checked` : ''}>${label}</label>`;
}

export function notReaderPage(view: View): PageContent {
  const { preferences: words } = view.texts;
  return messagePage(words.goneTitle, [words.goneBody], [homeLink(view)]);
}

export function erasedPage(view: View): PageContent {
  const { preferences: words } = view.texts;
  return messagePage(words.erasedTitle, [words.erasedBody]);
}
