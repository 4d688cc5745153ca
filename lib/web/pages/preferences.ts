import { html } from 'hono/html';
import { maskEmail } from '../../subscriptions/identity.ts';
import type { Preferences, Subscriber } from '../../subscriptions/model.ts';
import { DAY } from '../../time.ts';
import { say } from '../texts.ts';
import type { Html, PageContent, View } from '../view.ts';
import type { WishOffer } from '../wishes.ts';
import { choiceFields, dayField, emailField, oneButton } from './fields.ts';
import { homeLink, messagePage, statusNote } from './message.ts';
import { wishFields } from './wish-fields.ts';

export interface PreferencesState {
  readonly row: Subscriber;
  readonly now: Date;
  readonly unsubscribeUrl: string;
  readonly wishes?: WishOffer | undefined;
  readonly saved?: string;
  /** What was typed and could not be saved; absent: the page shows what is stored. */
  readonly draft?: Draft;
}

export interface Draft {
  readonly preferences: Preferences;
  readonly pause: string;
  readonly email: string;
  readonly problems: { readonly choice?: string; readonly pause?: string; readonly email?: string };
}

export function preferencesPage(view: View, state: PreferencesState): PageContent {
  const { preferences: words } = view.texts;
  const body = html`<div class="narrow"><h1>${words.title}</h1>
${state.saved ? statusNote(state.saved) : ''}${state.draft ? summary(view, state.draft) : ''}
<p>${say(words.for, { email: maskEmail(state.row.email) })}</p>
${choicesForm(view, state)}
<section><h2>${words.dataTitle}</h2><p>${words.dataBody}</p>${oneButton(words.export, { action: 'export' }, true)}
<details class="choices"><summary>${words.erase}</summary>${oneButton(words.eraseSure, { action: 'erase' })}</details></section>
<section><h2>${words.leave}</h2><form method="post" action="${state.unsubscribeUrl}?lang=${view.locale}"><input type="hidden" name="action" value="leave">
<button type="submit" class="quiet">${words.leaveButton}</button></form></section></div>`;
  return { title: words.title, body, personal: true };
}

/** That nothing was saved, why, and the way to each field that is wrong. */
function summary({ texts }: View, { problems }: Draft): Html {
  const { preferences: words } = texts;
  const link = (id: string, label: string) => html`<li><a href="#${id}">${label}</a></li>`;
  const fields = [
    problems.pause ? link('pause', words.pause) : '',
    problems.email ? link('email', words.address) : '',
  ].filter(Boolean);
  return html`<div class="note" role="alert"><p>${words.notSaved}${problems.choice ? ` ${problems.choice}` : ''}</p>${fields.length > 0 ? html`<ul>${fields}</ul>` : ''}</div>`;
}

/** One form, so that no button loses what was typed for another. */
function choicesForm(view: View, { row, now, wishes, draft }: PreferencesState): Html {
  const { preferences: words } = view.texts;
  const { preferences } = draft ?? row;
  const problems: Draft['problems'] = draft?.problems ?? {};
  const day = (ahead: number) => new Date(now.getTime() + ahead * DAY).toISOString().slice(0, 10);
  const paused = row.status === 'paused' && row.pausedUntil && row.pausedUntil > now.toISOString();
  const wantsQuiet = preferences.quietDays === 'mail';
  const until = draft?.pause ?? (paused ? row.pausedUntil?.slice(0, 10) : '');
  const pause = { value: until, hint: words.pauseHint, problem: problems.pause, focus: problems.pause !== undefined };
  const focus = problems.email !== undefined && !pause.focus;
  const email = { value: draft?.email, hint: words.addressHint, problem: problems.email, focus };
  return html`<form method="post"><input type="hidden" name="action" value="save">
<h2>${words.when}</h2>${choiceFields(view, preferences)}
<fieldset><legend>${words.quiet}</legend>
${quietChoice('skip', words.quietSkip, !wantsQuiet)}${quietChoice('mail', words.quietMail, wantsQuiet)}</fieldset>
${dayField('pause', words.pause, pause, day(1), day(365))}
<h2>${view.texts.wish.title}</h2>${wishFields(view, preferences, wishes)}
<h2>${words.addressTitle}</h2>${emailField('email', words.address, email, false)}
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
