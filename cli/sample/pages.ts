import { html } from 'hono/html';
import type { Markup } from '../../lib/runtime/local-ses/viewer.ts';

interface Publisher {
  readonly slug: string;
  readonly title: string;
  readonly lang: string;
}

const NOTICE = 'A sample for trying out Dispatches. The publishers and the news are invented.';

/** An article that the sample feeds link to. */
export function articlePage(publisher: Publisher, article: { title: string; summary: string }): Markup {
  const { title, lang } = publisher;
  return page(lang, article.title, html`<small>${title}</small><h1>${article.title}</h1><p>${article.summary}</p>`);
}

/** The sample feeds, for people who wonder what was read. */
export function contentsPage(publishers: readonly Publisher[]): Markup {
  const rows = publishers.map(
    ({ slug, title, lang }) =>
      html`<li><a href="/feeds/${slug}" lang="${lang}">${title}</a> <small>${lang}</small></li>`,
  );
  return page('en', 'Sample feeds', html`<h1>Sample feeds</h1><ul>${rows}</ul>`);
}

function page(lang: string, title: string, main: Markup): Markup {
  return html`<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title><link rel="icon" href="data:,">
<style>
body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 18px/1.6 Georgia, serif }
h1 { line-height: 1.25 } small { font-family: system-ui }
</style></head>
<body>${main}<hr><p lang="en"><small>${NOTICE} <a href="/">All sample feeds</a></small></p></body>
</html>`;
}
