import { html, raw } from 'hono/html';
import PostalMime from 'postal-mime';
import { editsState } from '../../lib/editions/edits.ts';
import type { Considered } from '../../lib/editions/model.ts';
import { bar, type Neighbour, pageResponse } from '../../lib/runtime/local-ses/page.ts';
import type { Markup } from '../../lib/runtime/local-ses/viewer.ts';
import type { Locale } from '../../lib/types.ts';
import { inOrder, isThreshold } from './edit.ts';
import { looks, STYLE } from './looks.ts';
import { addressOf, type Bench } from './studio.ts';
import { candidate, story } from './studio-rows.ts';

export interface StudioView extends Bench {
  readonly threshold: number;
  /** What the slider was at when something was refused. */
  readonly typed: string | undefined;
  readonly locales: readonly Locale[];
  readonly neighbours: readonly Neighbour[];
  readonly problem: string | undefined;
  /** The whole message, as it would be sent. */
  readonly mail: Uint8Array;
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });
/** Candidates shown; the best of them. */
const CANDIDATES = 150;
/** Not for an editor to bring back: readers had it, or it is no news any more. */
const SETTLED: readonly Considered['why'][] = ['too old', 'already sent'];

/** The desk of the editor, with the mail beside it. */
export async function studioPage(view: StudioView, status: number): Promise<Response> {
  const { draft, neighbours, mail } = view;
  const { subject = '' } = await PostalMime.parse(mail);
  const { items, picked, stories } = draft.counts;
  const facts = [draft.id, `${items} items looked at, ${picked} picked, ${stories} stories`];
  const main = html`${STYLE}${bar('Studio', facts, [{ label: 'Sent editions', url: '/preview' }, ...neighbours])}
    <main id="studio" class="studio">
      <div class="desk"><h1>The next edition</h1><p class="to-looks"><a href="#looks">See the mail</a></p>${choices(view)}${said(view)}${desk(view)}</div>
      ${await looks(mail, `${addressOf(view, '/preview/next/body')}&`)}
    </main>`;
  return pageResponse(`${subject} · Studio`, main, status, '/preview/studio.js');
}

function choices(view: StudioView): Markup {
  const { slots, slot, draft, locale } = view;
  const link = (to: Pick<Bench, 'slot' | 'locale'>, label: string, current: boolean) =>
    html`<a href="${addressOf(to)}" ${current ? raw('aria-current="page"') : ''}>${label}</a>`;
  const languages = view.locales.map((one) => link({ slot, locale: one }, LANGUAGES.of(one) ?? one, one === locale));
  return html`<nav class="controls" aria-label="Which edition">
    <span class="choice">${slots.map((one) => link({ slot: one, locale }, dueLine(one.cadence, one.dueAt), one === slot))}</span>
    <span class="choice">${languages}</span></nav>
    <p class="none">Due ${dueLine(draft.cadence, draft.dueAt)} UTC. What you decide holds for all its languages and is
    kept with the edition. Items that come in before then join it.</p>`;
}

/** `daily, 24 Nov, 06:00` */
function dueLine(cadence: string, dueAt: string): string {
  const format = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const;
  return `${cadence}, ${new Intl.DateTimeFormat('en-GB', format).format(new Date(dueAt))}`;
}

function said({ problem, draft }: StudioView): Markup {
  const { pinned = [], hidden = [], threshold } = draft.edits ?? {};
  const own = threshold === undefined ? 'the profile’s threshold' : `threshold ${threshold.toFixed(2)}`;
  const state = `Decided: ${pinned.length} pinned, ${hidden.length} hidden, ${own}.`;
  return html`${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}<p role="status" id="said">${state}</p>`;
}

function desk(view: StudioView): Markup {
  const stories = inOrder(view.draft);
  const candidates = view.draft.considered
    .filter(({ why }) => !SETTLED.includes(why))
    .toSorted((a, b) => b.decision.score - a.decision.score);
  const more = candidates.length - CANDIDATES;
  return html`<form method="post" action="${addressOf(view)}"><input type="hidden" name="slot" value="${view.slot.name}">
    <input type="hidden" name="state" value="${editsState(view.draft.edits)}">
    ${threshold(view)}
    <h2 id="in">In the digest (${stories.length})</h2>
    <p class="none">The first one leads. A section stands where the first of its stories does.</p>
    ${stories.length > 0 ? html`<ol class="items" aria-labelledby="in">${stories.map((one, at) => story(view.draft, one, at, stories.length))}</ol>` : html`<p class="none">${nothingNew(view.draft)}</p>`}
    <h2 id="out">Left out (${candidates.length})</h2>
    <ul class="items" aria-labelledby="out">${candidates.slice(0, CANDIDATES).map(candidate)}</ul>
    ${more > 0 ? html`<p class="none">And ${more} more with lower scores.</p>` : ''}</form>`;
}

function nothingNew({ considered }: StudioView['draft']): string {
  const told = considered.filter(({ why }) => why === 'already sent').length;
  return told === 0 ? 'Nothing is picked.' : `Nothing new is picked: ${told} items were in earlier editions.`;
}

function threshold({ draft, typed, threshold: own }: StudioView): Markup {
  const now = isThreshold(typed) ? Number(typed) : (draft.edits?.threshold ?? own);
  return html`<fieldset><legend>Threshold</legend>
    <label for="threshold">Items are picked from this score on</label>
    <span class="slider"><input type="range" id="threshold" name="threshold" min="0" max="1" step="0.01" value="${now.toFixed(2)}"
      data-scores="${JSON.stringify(scores(draft))}" aria-describedby="recount"><output id="value" for="threshold">${now.toFixed(2)}</output></span>
    <p id="recount" aria-live="polite">${draft.counts.picked} items picked now.</p>
    <span class="buttons"><button name="do" value="threshold" id="use">Use it for this edition</button>
    <button name="do" value="standard" id="standard">Back to the profile’s (${own.toFixed(2)})</button>
    <button name="do" value="reset" id="reset">Forget all decisions</button></span></fieldset>`;
}

/** Scores of all items that the threshold decides about. */
function scores({ lead, sections, considered, edits }: StudioView['draft']): readonly number[] {
  const free = ({ key }: { readonly key: string }) => !edits?.pinned.includes(key) && !edits?.hidden.includes(key);
  const told = [...(lead ? [lead] : []), ...sections.flatMap(({ stories }) => stories)].flatMap(({ items }) => items);
  return [
    ...told.filter(({ item }) => free(item)).map(({ decision }) => decision.score),
    ...considered.filter((one) => one.why !== 'too old' && free(one)).map(({ decision }) => decision.score),
  ];
}
