import { createHash } from 'node:crypto';
import type { Edition } from '../../editions/model.ts';
import type { EditionSummary } from '../../editions/ports.ts';
import { FORMATS, type Format, updatedAt } from '../../rendering/syndication.ts';
import { type Topic, topicOf } from '../../rendering/syndication-topic.ts';
import type { Locale } from '../../types.ts';
import type { Ctx } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { wantedEditions } from './edition-list.ts';
import { notFound } from './editions.ts';
import { variantOf } from './home.ts';

/** Editions whose stories a feed tells: bounds what one request reads. */
const EDITIONS = 12;
/** Seconds for which an answer may be kept. */
const KEEP = 900;

interface Asked {
  readonly locale: Locale;
  readonly format: Format;
  readonly topic?: Topic;
}

/**
 * GET /feeds/{locale}.{rss|atom|json} and /feeds/{locale}/{conflict, country or town}.{...}: the stories of the newest
 * editions, as they were frozen. Reads one page or a few of the list of editions, and the editions only when they are
 * not those that this process has read already; a reader that has seen it all gets 304 (RFC 9110, section 13).
 */
export function getFeed(deps: SiteDeps) {
  const read = remembering(deps);
  return async (c: Ctx) => {
    const asked = askedFor(deps, c);
    if (!asked) return notFound(deps, c);
    const editions = await read(asked.locale);
    const { type, write } = FORMATS[asked.format];
    const { pathname } = new URL(c.req.url);
    const body = write({ ...asked, editions, site: deps.site, self: `${deps.site.url}${pathname}` });
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const changed = new Date(updatedAt({ editions })).toUTCString();
    c.header('ETag', tag);
    c.header('Last-Modified', changed);
    c.header('Cache-Control', `public, max-age=${KEEP}`);
    // For everybody, and for readers that run in a browser.
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    return isKnown(c, tag, changed)
      ? c.body(null, 304)
      : c.body(body, 200, { 'Content-Type': `${type}; charset=utf-8` });
  };
}

function askedFor({ locales }: SiteDeps, c: Ctx): Asked | undefined {
  const [, first = '', second, extension = ''] =
    /^\/feeds\/([a-z]{2})(?:\/([a-z0-9-]{2,60}))?\.(rss|atom|json)$/.exec(c.req.path) ?? [];
  const locale = locales.find((one) => one === first);
  const topic = locale && second ? topicOf(second, locale) : undefined;
  if (!locale || (second && !topic)) return undefined;
  return { locale, format: extension as Format, ...(topic && { topic }) };
}

/** Whether the client has this already: by its tag, or by its date where it sends no tag. */
function isKnown(c: Ctx, tag: string, changed: string): boolean {
  const tags = c.req.header('If-None-Match');
  if (tags !== undefined)
    return tags.trim() === '*' || tags.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
  const since = Date.parse(c.req.header('If-Modified-Since') ?? '');
  return Date.parse(changed) <= since;
}

/** The newest editions with stories, of a language. They are frozen: those read once are kept, without what was left out. */
function remembering({ editions }: SiteDeps): (locale: Locale) => Promise<readonly Edition[]> {
  const known = new Map<Locale, readonly Edition[]>();
  return async (locale) => {
    const is = (edition: EditionSummary) => edition.stories > 0 && variantOf(edition) === locale;
    const { items } = await wantedEditions(editions, { count: EDITIONS, is });
    const old = new Map(known.get(locale)?.map((edition) => [edition.id, edition]));
    const read = async (id: string) => old.get(id) ?? withoutLeftOut((await editions.get(id))?.edition);
    const newest = (await Promise.all(items.slice(0, EDITIONS).map(({ id }) => read(id)))).flatMap(
      (edition) => edition ?? [],
    );
    known.set(locale, newest);
    return newest;
  };
}

function withoutLeftOut(edition: Edition | undefined): Edition | undefined {
  return edition && { ...edition, considered: [] };
}
