import { html } from 'hono/html';
import type { Markup } from '../../lib/runtime/local-ses/viewer.ts';
import type { Decision } from '../../lib/selection/model.ts';

/** Reasons shown of an item. */
const MOST = 6;

/** What spoke for and against an item, the strongest first; the same word is shown once. */
export function reasons({ reasons: all }: Decision): Markup {
  const distinct = new Map(all.map((reason) => [`${reason.kind}: ${reason.text}`, reason.weight]));
  return html`${[...distinct].slice(0, MOST).map(([text, weight]) => {
    const sign = weight < 0 ? 'against' : 'for';
    return html`<span class="reason ${sign}">${text} ${weight > 0 ? '+' : ''}${weight.toFixed(2)}</span> `;
  })}`;
}

/** A title that leads to the article, where it has an address. */
export function headline(text: string, link: string | null): Markup | string {
  return link ? html`<a href="${link}" rel="noreferrer">${text}</a>` : text;
}
