import { html } from 'hono/html';
import type { Html, PageContent, View } from '../view.ts';

/** A page that says one thing, with what can be done next. */
export function messagePage(title: string, paragraphs: readonly string[], next: readonly Html[] = []): PageContent {
  const body = html`<div class="narrow"><h1>${title}</h1>${paragraphs.map((text) => html`<p>${text}</p>`)}${next}</div>`;
  return { title, body, personal: true };
}

export function homeLink(view: View): Html {
  return html`<p><a href="/?lang=${view.locale}">${view.texts.home}</a></p>`;
}

/** Said at the top after something was done. */
export function statusNote(text: string): Html {
  return html`<p class="note" role="status">${text}</p>`;
}
