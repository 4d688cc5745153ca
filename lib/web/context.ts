import type { Context } from 'hono';
import type { Locale } from '../types.ts';
import type { Client, SiteDeps } from './deps.ts';
import { layout } from './layout.ts';
import { acceptedLocale } from './locale.ts';
import { type PageContent, type View, viewTexts } from './view.ts';

export interface Env {
  Bindings: Client;
}
export type Ctx = Context<Env>;

/**
 * The language of an answer: `?lang=`, else the reader's own (on personal pages), else what the browser asks for, else
 * the first on offer.
 */
export function viewFor(deps: SiteDeps, c: Ctx, own?: Locale, here: string | undefined = c.req.path): View {
  const { locales, site } = deps;
  const asked = locales.find((locale) => locale === c.req.query('lang'));
  const locale = asked ?? own ?? acceptedLocale(c.req.header('Accept-Language'), locales) ?? locales[0] ?? 'en';
  return { locale, locales, texts: viewTexts(locale), site, ...(here !== undefined && { here }) };
}

/** Answers with a page. Pages that are somebody's own are kept by nobody and listed nowhere. */
export function answer(c: Ctx, view: View, content: PageContent, status: 200 | 404 | 413 | 422 | 500 | 503 = 200) {
  c.header('Content-Language', view.locale);
  c.header('Vary', 'Accept-Language');
  if (content.personal) c.header('X-Robots-Tag', 'noindex, nofollow');
  return c.html(layout(view, content), status);
}
