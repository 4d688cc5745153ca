import { html } from 'hono/html';
import type { Html, PageContent, View } from '../view.ts';
import { consentText } from './home.ts';

/** The lines that another site copies: plain HTML, no script, straight from the reader's browser to us. */
export function embedPage(view: View): PageContent {
  const { embed } = view.texts;
  const body = html`<div class="narrow"><h1>${embed.title}</h1><p>${embed.body}</p>
<pre class="copy"><code>${String(snippet(view))}</code></pre>
<p>${embed.look}</p>
<p>${embed.api} <a href="/api/openapi.json">/api/openapi.json</a></p></div>`;
  return { title: embed.title, body };
}

function snippet(view: View): Html {
  const { form } = view.texts;
  return html`<form method="post" action="${view.site.url}/embed?lang=${view.locale}" lang="${view.locale}">
  <p><label>${form.email}<br><input type="email" name="email" required maxlength="254" autocomplete="email"></label></p>
  <p hidden><label>${form.trap} <input name="website" tabindex="-1" autocomplete="off"></label></p>
  <p>${consentText(view)}</p>
  <p><button>${form.submit}</button></p>
</form>`;
}
