import { html } from 'hono/html';
import type { Edition } from '../../editions/model.ts';
import { storiesSaid } from '../../editions/words.ts';
import { wordsOf } from '../../rendering/edition-view.ts';
import type { Preferences } from '../../subscriptions/model.ts';
import { say } from '../texts.ts';
import { appointmentLine, type Html, type PageContent, type View } from '../view.ts';
import { storyEntry } from './edition.ts';
import { choiceFields, emailField } from './fields.ts';

export interface FormState {
  readonly token: string;
  readonly preferences: Preferences;
  readonly email?: string;
  readonly emailProblem?: string;
  /** Said above the form. */
  readonly notice?: string;
}

/** What the digest is, the form, and a taste of the latest edition. */
export function homePage(view: View, form: FormState, latest: Edition | undefined): PageContent {
  const { texts, site } = view;
  const body = html`<h1 class="lead">${texts.lead}</h1>
<div class="front">
<section class="card" aria-labelledby="subscribe"><h2 id="subscribe">${texts.form.title}</h2>
${subscribeForm(view, form)}</section>
${latest ? sample(view, latest) : ''}
</div>
<ul class="promises">${texts.promises.map((promise) => html`<li>${promise}</li>`)}</ul>`;
  return { title: site.name, body };
}

/** The form alone, when it has to be shown again. */
export function formPage(view: View, form: FormState): PageContent {
  const { title } = view.texts.form;
  return {
    title,
    body: html`<h1>${title}</h1><div class="narrow card">${subscribeForm(view, form)}</div>`,
    personal: true,
  };
}

function subscribeForm(view: View, state: FormState): Html {
  const { form } = view.texts;
  const again = state.emailProblem !== undefined || state.notice !== undefined;
  return html`${state.notice ? html`<p class="note" role="alert">${state.notice}</p>` : ''}
<form method="post" action="/subscribe?lang=${view.locale}">
<input type="hidden" name="token" value="${state.token}">
${emailField('email', form.email, { value: state.email, problem: state.emailProblem, focus: state.emailProblem !== undefined })}
<div class="trap" aria-hidden="true"><label for="website">${form.trap}</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<details class="choices"${again ? html` open` : ''}><summary>${form.choices}<span class="now">${appointmentLine(view.texts, state.preferences)}</span></summary>
${choiceFields(view, state.preferences)}</details>
<p class="hint">${consentText(view)}</p>
<button type="submit">${form.submit}</button>
</form>`;
}

/** The sentence beside the button; its hash is kept as evidence of what was agreed to. */
export function consentText(view: View): string {
  return say(view.texts.form.consent, { name: view.site.name });
}

const SAMPLE_STORIES = 4;

/** Our own words in the visitor's language, the publishers' in theirs. */
function sample(view: View, edition: Edition): Html {
  const words = wordsOf({ ...edition, variant: view.locale });
  const stories = storiesSaid(words).slice(0, SAMPLE_STORIES);
  return html`<section class="sample" aria-labelledby="sample">
<h2 class="kicker" id="sample">${view.texts.sample.title}</h2><p class="meta">${words.dateline}</p>
<ol>${stories.map((story) => html`<li>${storyEntry(story)}</li>`)}</ol>
<p><a href="/editions/${edition.id}">${view.texts.sample.more}</a></p>
</section>`;
}
