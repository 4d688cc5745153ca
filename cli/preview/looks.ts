import { readFileSync } from 'node:fs';
import { html, raw } from 'hono/html';
import PostalMime from 'postal-mime';
import type { Markup } from '../../lib/runtime/local-ses/viewer.ts';

/** Style of the studio and of everything in it. */
export const STYLE: Markup = html`<style>${raw(readFileSync(new URL('studio.css', import.meta.url), 'utf8'))}</style>`;

/**
 * A message on a desktop, on a phone, in the dark, as text and as source, side by side.
 * @param body address of its HTML part, to which `scheme=` is added
 */
export async function looks(mail: Uint8Array, body: string): Promise<Markup> {
  const { subject = '', text = '' } = await PostalMime.parse(mail);
  const frame = (
    name: string,
    label: string,
    scheme: 'light' | 'dark',
  ) => html`<figure class="${name}"><figcaption>${label}</figcaption>
    <iframe class="${scheme}" title="${label}: ${subject}" sandbox="allow-popups allow-popups-to-escape-sandbox" src="${body}scheme=${scheme}"></iframe></figure>`;
  return html`<section class="looks" id="looks" aria-label="The mail, side by side" tabindex="0">${frame('desktop', 'Desktop', 'light')}${frame('phone', 'Phone', 'light')}${frame('desktop', 'Dark', 'dark')}
    <figure class="desktop"><figcaption>Text</figcaption><pre class="text" tabindex="0" aria-label="Text part">${text}</pre></figure>
    <figure class="desktop"><figcaption>Source</figcaption><pre tabindex="0" aria-label="Source">${new TextDecoder('latin1').decode(mail)}</pre></figure></section>`;
}
