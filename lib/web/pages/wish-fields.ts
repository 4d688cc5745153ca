import { html } from 'hono/html';
import { languageName } from '../../rendering/format.ts';
import type { Preferences } from '../../subscriptions/model.ts';
import { say } from '../texts.ts';
import { clockHour, type Html, type View } from '../view.ts';
import { conflictChoices, conflictName, MOST_STORIES, type WishOffer } from '../wishes.ts';
import { type Choice, select } from './fields.ts';

/** What of the news a reader gets, and how: languages of the sources, conflicts, number, plain text, alerts. */
export function wishFields(view: View, now: Preferences, offer?: WishOffer): Html {
  const { wish } = view.texts;
  const { languages = [], conflicts = [], maxStories } = now.filter ?? {};
  const known = [...new Set([...(offer?.languages ?? []), ...languages])];
  const named = (ids: readonly string[], name: (id: string) => string): readonly Choice[] =>
    ids.map((value) => ({ value, label: name(value) })).toSorted((a, b) => a.label.localeCompare(b.label, view.locale));
  const conflictLabel = (id: string) => (id === 'other' ? wish.otherConflicts : conflictName(id, view.locale, offer));
  return html`<input type="hidden" name="wish" value="on">
${boxes(
  'languages',
  wish.languages,
  named(known, (id) => languageName(view.locale, id)),
  languages,
)}
${boxes('conflicts', wish.conflicts, named(conflictChoices(offer), conflictLabel), conflicts)}
<p class="hint">${wish.allHint}</p>
${select('maxStories', wish.maxStories, String(maxStories ?? ''), countChoices(view, maxStories))}
${box('textOnly', 'on', wish.textOnly, now.textOnly === true)}
<p class="hint">${wish.noImages}</p>
${offer?.breaking ? alertField(view, now, offer.breaking) : ''}`;
}

function countChoices({ texts }: View, own?: number): readonly Choice[] {
  const counts = [...new Set([...MOST_STORIES, ...(own ? [own] : [])])].toSorted((a, b) => a - b);
  return [
    { value: '', label: texts.wish.noMost },
    ...counts.map((count) => ({ value: String(count), label: String(count) })),
  ];
}

function alertField(view: View, now: Preferences, { maxPerDay, quietHours }: NonNullable<WishOffer['breaking']>): Html {
  const { wish } = view.texts;
  const hours = { from: clockHour(quietHours.from), to: clockHour(quietHours.to) };
  return html`${box('breaking', 'on', wish.breaking, now.breaking === true)}
<p class="hint">${say(wish.breakingHint, { max: maxPerDay, ...hours })}</p>`;
}

/** Several that may be ticked, in a list that opens; none is as good as all. */
function boxes(name: string, label: string, choices: readonly Choice[], chosen: readonly string[]): Html | '' {
  if (choices.length === 0) return '';
  const ticked = choices.filter(({ value }) => chosen.includes(value)).map((choice) => choice.label);
  return html`<details class="choices"${ticked.length > 0 ? html` open` : ''}><summary>${label}<span class="now">${ticked.join(', ')}</span></summary>
<fieldset class="boxes"><legend>${label}</legend>${choices.map((choice) => box(name, choice.value, choice.label, chosen.includes(choice.value)))}</fieldset></details>`;
}

function box(name: string, value: string, label: string, ticked: boolean): Html {
  return html`<label class="radio"><input type="checkbox" name="${name}" value="${value}"${ticked ? html` checked` : ''}>${label}</label>`;
}
