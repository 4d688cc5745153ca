import { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { FeedSource } from '../../lib/feeds/model.ts';
import { type Listening, listen } from '../../lib/runtime/listen.ts';
import type { Clock } from '../../lib/types.ts';
import { writeFeed } from './formats.ts';
import { articles, publishers } from './newsroom.ts';
import { articlePage, contentsPage } from './pages.ts';

export interface SampleServer extends Listening {
  readonly sources: readonly FeedSource[];
}

/** Always answers 503, as some server always does. */
const CLOSED = { slug: 'the-closed-door', title: 'The Closed Door', lang: 'en' } as const;

/**
 * Serves the sample feeds and the articles that they link to on the loopback address.
 * @param port wished for; links stay the same over runs while it is free
 */
export async function startSampleServer(clock: Clock, port = 0): Promise<SampleServer> {
  const all = publishers();
  const bySlug = new Map(all.map((publisher) => [publisher.slug, publisher]));
  const app = new Hono();
  app.use('/feeds/*', etag());

  app.get('/', (context) => context.html(contentsPage([...all, CLOSED])));

  app.get('/feeds/:slug', (context) => {
    const publisher = bySlug.get(context.req.param('slug'));
    if (!publisher) return context.text('Come back later', 503);
    const { origin } = new URL(context.req.url);
    const { bytes, contentType } = writeFeed(publisher, articles(publisher, clock()), origin);
    return context.body(new Uint8Array(bytes).buffer, 200, { 'content-type': contentType });
  });

  app.get('/articles/:slug/:day/:number', (context) => {
    const { slug, day } = context.req.param();
    const publisher = bySlug.get(slug);
    const then = new Date(`${day}T12:00:00Z`);
    if (!publisher || Number.isNaN(then.getTime())) return context.notFound();
    const article = articles(publisher, then).find((one) => one.path === context.req.path);
    return article ? context.html(articlePage(publisher, article)) : context.notFound();
  });

  const server = await listen(app.fetch, port);
  const sources = [...all, CLOSED].map(({ slug, title, lang, ...more }) => ({
    url: `${server.url}/feeds/${slug}`,
    title,
    lang,
    // All share one host here, so that each is its own house unless told otherwise.
    family: ('family' in more && more.family) || slug,
  }));
  return { ...server, sources };
}
