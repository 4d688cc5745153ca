import { html, raw } from 'hono/html';
import type { Considered, Edition, EditionStory } from '../../lib/editions/model.ts';
import type { Markup } from '../../lib/runtime/local-ses/viewer.ts';
import { isPinned, nameOf } from './edit.ts';
import { headline, reasons } from './reasons.ts';

/** A story of the draft with what an editor can do to it. */
export function story(draft: Edition, one: EditionStory, at: number, count: number): Markup {
  const name = nameOf(one);
  const [best] = one.items;
  const title = best?.item.title ?? '';
  const pinned = isPinned(draft, one);
  const top = Math.max(...one.items.map(({ decision }) => decision.score));
  const button = (verb: string, label: string, says: string, off = false) =>
    html`<button name="do" value="${verb}" id="${label}-${name}" aria-label="${says}: ${title}" ${off ? raw('disabled') : ''}>${label}</button>`;
  const about = [pinned ? 'pinned' : '', one.change, one.attribution, `rank ${one.rank.score.toFixed(2)}`];
  return html`<li data-score="${top}" data-name="${name}" class="${pinned ? 'pinned' : ''}" draggable="true">
    <small>${[...about, ...one.places.slice(0, 2).map((place) => place.name)].filter(Boolean).join(' · ')}</small>
    <b lang="${best?.decision.lang ?? 'und'}">${headline(title, best?.item.link ?? null)}</b>
    <span class="buttons">${button(`place ${name} ${at - 1}`, 'Up', 'Up', at === 0)} ${button(`place ${name} ${at + 1}`, 'Down', 'Down', at === count - 1)}
      ${pinned ? button(`unpin ${name}`, 'Unpin', 'Unpin') : button(`place ${name} 0`, 'Pin', 'Pin to the top')}
      ${button(`hide ${name}`, 'Hide', 'Hide')}</span>
    <details><summary>${one.items.length === 1 ? '1 report' : `${one.items.length} reports`}, score ${top.toFixed(2)}</summary>
    ${one.items.map(({ item, decision }) => html`<p><small>${item.publisher} · ${decision.lang} · ${decision.score.toFixed(2)}</small> <span lang="${decision.lang}">${item.title}</span> ${reasons(decision)}</p>`)}</details></li>`;
}

/** An item that was left out. */
export function candidate({ key, title, link, publisher, decision, why }: Considered): Markup {
  const hidden = why === 'hidden by the editor';
  const [verb, label] = hidden ? ['show', 'Show'] : ['pin', 'Pin'];
  return html`<li data-score="${decision.score}">
    <b lang="${decision.lang}">${headline(title, link)}</b>
    <small>${publisher} · ${decision.lang} · score ${decision.score.toFixed(2)} · ${why}</small>
    <span class="buttons"><button name="do" value="${verb} ${key}" id="${label}-${key}" aria-label="${label}: ${title}">${label}</button></span>
    ${reasons(decision)}</li>`;
}
