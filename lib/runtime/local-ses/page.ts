import { readFileSync } from 'node:fs';
import { html, raw } from 'hono/html';
import type { Markup } from './viewer.ts';

const STYLE = readFileSync(new URL('page.css', import.meta.url), 'utf8');

/** No script, no frame around it, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A neighbouring page, named in the bar. */
export interface Neighbour {
  readonly label: string;
  readonly url: string;
}

/** The top of every page: where one is, some facts, and the way to the neighbours. */
export function bar(title: Markup | string, facts: readonly string[], neighbours: readonly Neighbour[]): Markup {
  return html`<header class="bar"><strong>${title}</strong>
    ${facts.map((fact) => html`<span>${fact}</span>`)}
    ${neighbours.length > 0 ? html`<nav aria-label="Neighbouring pages">${neighbours.map(({ label, url }) => html`<a href="${url}">${label}</a>`)}</nav>` : ''}
  </header>`;
}

/** With a script and forms of its own. */
const SCRIPTED = `${POLICY.replace("form-action 'none'", "form-action 'self'")}; script-src 'self'; connect-src 'self'`;

/**
 * A whole page of the local tools.
 * @param script address of the page's own script, where it has one: such a page may also send forms to itself
 */
export async function pageResponse(title: string, main: Markup, status = 200, script?: string): Promise<Response> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>${
    script
      ? html`
<script src="${script}" defer></script>`
      : ''
  }
</head>
<body>${main}</body>
</html>`;
  return new Response(String(page), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': script ? SCRIPTED : POLICY,
      'cache-control': 'no-store',
    },
  });
}
