import { html } from 'hono/html';
import type { Preferences } from '../../subscriptions/model.ts';
import { ZONES, zoneLabel } from '../../subscriptions/zones.ts';
import { WEB_TEXTS } from '../texts.ts';
import { clockHour, type Html, type View } from '../view.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly lang?: string;
}

/** Language, rhythm, hour and zone of a digest. */
export function choiceFields(view: View, now: Preferences): Html {
  const { form } = view.texts;
  const locales = [...new Set([...view.locales, now.locale])];
  const cadences = [...new Set(['daily', 'weekly', now.cadence] as const)];
  return html`<div class="pair">
${select(
  'locale',
  form.locale,
  now.locale,
  locales.map((value) => ({ value, label: WEB_TEXTS[value].languageName, lang: value })),
)}
${select(
  'cadence',
  form.cadence,
  now.cadence,
  cadences.map((value) => ({ value, label: form[value] })),
)}
${select(
  'hour',
  form.hour,
  String(now.hour),
  Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: clockHour(hour) })),
)}
${zoneSelect(form.zone, now.zone)}
</div>`;
}

/** A labelled choice of one. */
export function select(name: string, label: string, current: string, choices: readonly Choice[]): Html {
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${choices.map((choice) => option(choice, current))}</select></div>`;
}

function zoneSelect(label: string, current: string): Html {
  const listed = [...ZONES.values()].some((zones) => zones.includes(current));
  const groups = [...ZONES].map(
    ([region, zones]) =>
      html`<optgroup label="${region}">${zones.map((zone) => option({ value: zone, label: zoneLabel(zone) }, current))}</optgroup>`,
  );
  return html`<div class="field"><label for="zone">${label}</label><select id="zone" name="zone">${listed ? '' : option({ value: current, label: current }, current)}${groups}</select></div>`;
}

function option({ value, label, lang }: Choice, current: string): Html {
  return html`<option value="${value}"${value === current ? html` selected` : ''}${lang ? html` lang="${lang}"` : ''}>${label}</option>`;
}

export interface Typed {
  /** What stands in the field: the reader's own words, also when they cannot be used. */
  readonly value?: string | undefined;
  /** Stands below the field and is read out with it. */
  readonly hint?: string;
  readonly problem?: string | undefined;
  /** The page opens here: for the first field with a problem. */
  readonly focus?: boolean;
}

/** One address field. */
export function emailField(name: string, label: string, typed: Typed, required = true): Html {
  const attributes = html`type="email" maxlength="254" autocomplete="email" autocapitalize="none" spellcheck="false" inputmode="email"${required ? html` required` : ''}`;
  return field(name, label, typed, attributes);
}

/** @param from,to days like `2026-12-24` */
export function dayField(name: string, label: string, typed: Typed, from: string, to: string): Html {
  return field(name, label, typed, html`type="date" min="${from}" max="${to}"`);
}

function field(name: string, label: string, { value = '', hint, problem, focus }: Typed, attributes: Html): Html {
  const notes = [problem ? `${name}-problem` : '', hint ? `${name}-hint` : ''].filter(Boolean).join(' ');
  return html`<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${value}" ${attributes}${problem ? html` aria-invalid="true"` : ''}${notes ? html` aria-describedby="${notes}"` : ''}${focus ? html` autofocus` : ''}>
${problem ? html`<p class="problem" id="${name}-problem">${problem}</p>` : ''}${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}</div>`;
}

/** A form that posts to the page's own address, with one button. */
export function oneButton(label: string, fields: Readonly<Record<string, string>> = {}, quiet = false): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post">${hidden}<button type="submit"${quiet ? html` class="quiet"` : ''}>${label}</button></form>`;
}
