import { html } from 'hono/html';
import { ICON_PATH } from './icon.ts';
import { feedLinks } from './pages/edition-feeds.ts';
import { STYLE_PATH } from './style.ts';
import { WEB_TEXTS } from './texts.ts';
import type { Html, PageContent, View } from './view.ts';

/** The whole document around a page's own part. */
export function layout(view: View, content: PageContent): Html {
  const { texts, site, locale } = view;
  const heading = content.title === site.name ? site.name : `${content.title} · ${site.name}`;
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
${content.personal ? html`<meta name="robots" content="noindex">` : feedLinks(view)}
${content.head ?? ''}
<link rel="icon" href="${ICON_PATH}" type="image/svg+xml">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#content">${texts.skip}</a>
<header class="masthead">
<p class="name"><a href="/?lang=${locale}">${site.name}</a></p>
<nav aria-label="${site.name}">
<a href="/?lang=${locale}">${texts.home}</a>
<a href="/editions?lang=${locale}">${texts.archive}</a>
${view.here === undefined ? '' : languageSwitch(view, view.here)}
</nav>
</header>
<main id="content" tabindex="-1">
${content.body}
</main>
<footer class="foot"><p>${site.contact}</p><p>${texts.footer}</p><p><a href="/embed?lang=${locale}">${texts.embed.link}</a></p></footer>
</body>
</html>`;
}

/** Opens and closes without script. */
function languageSwitch(view: View, here: string): Html {
  const address = (lang: string) => `${here}?${new URLSearchParams({ lang, ...view.kept })}`;
  const entry = (locale: View['locale']) =>
    html`<li><a href="${address(locale)}" lang="${locale}" hreflang="${locale}"${locale === view.locale ? html` aria-current="true"` : ''}>${WEB_TEXTS[locale].languageName}</a></li>`;
  return html`<details class="tongue"><summary aria-label="${view.texts.language}: ${view.texts.languageName}">${view.texts.languageName}</summary><ul>${view.locales.map(entry)}</ul></details>`;
}
