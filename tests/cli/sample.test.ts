import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { articles, publishers } from '../../cli/sample/newsroom.ts';
import { type SampleServer, startSampleServer } from '../../cli/sample/server.ts';
import { parseFeed } from '../../lib/feeds/parse.ts';

const NOW = new Date('2026-11-23T10:42:00Z');
let server: SampleServer;
beforeAll(async () => {
  server = await startSampleServer(() => NOW);
});
afterAll(() => server.close());

async function read(slug: string) {
  const response = await fetch(`${server.url}/feeds/${slug}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes, contentType: response.headers.get('content-type') };
}

describe('the sample feeds', () => {
  test('are at least twelve, in six languages or more, Dutch first', () => {
    expect(server.sources.length).toBeGreaterThanOrEqual(12);
    expect(new Set(server.sources.map(({ lang }) => lang)).size).toBeGreaterThanOrEqual(6);
    expect(server.sources[0]?.lang).toBe('nl');
    expect(new Set(publishers().map(({ format }) => format))).toEqual(new Set(['rss', 'rdf', 'atom', 'json']));
  });

  test.each(publishers().map((publisher) => [publisher.slug, publisher] as const))(
    '%s is read whole: titles, links, dates',
    async (slug, publisher) => {
      const { bytes, contentType } = await read(slug);
      const feed = await parseFeed(bytes, { contentType, base: server.url });
      const seen = feed.items.map(({ title, link, published }) => ({ title, link, published }));
      const meant = articles(publisher, NOW).map(({ title, path, published }) => ({
        title,
        link: server.url + path,
        // RSS dates have no milliseconds.
        published: published.toISOString(),
      }));
      expect(seen).toEqual(meant);
    },
  );

  test('one is windows-1251, one is not well-formed, one cannot be read', async () => {
    expect(Buffer.from((await read('severny-listok')).bytes).toString('latin1')).toContain('encoding="windows-1251"');
    expect(Buffer.from((await read('il-foglio-del-molo')).bytes).toString('utf8')).toMatch(/ & (?!amp;)/);
    expect((await fetch(`${server.url}/feeds/the-closed-door`)).status).toBe(503);
  });

  test('are listed on a page that every article links back to', async () => {
    const contents = await (await fetch(server.url)).text();
    for (const { url } of server.sources) expect(contents).toContain(`href="${new URL(url).pathname}"`);
    const [publisher] = publishers();
    const path = publisher && articles(publisher, NOW)[0]?.path;
    expect(await (await fetch(`${server.url}${path}`)).text()).toContain('<a href="/">');
  });

  test('tomorrow brings other news at other addresses', () => {
    const publisher = publishers()[0];
    const [today, tomorrow] = [NOW, new Date(NOW.getTime() + 86_400_000)].map((day) =>
      publisher ? articles(publisher, day) : [],
    );
    expect(tomorrow?.[0]?.path).not.toBe(today?.[0]?.path);
    expect(tomorrow?.[0]?.title).not.toBe(today?.[0]?.title);
  });

  test('leave no hole unfilled', () => {
    const texts = publishers().flatMap((publisher) =>
      articles(publisher, NOW).flatMap(({ title, summary }) => [title, summary]),
    );
    expect(texts.filter((text) => /[{}]/.test(text))).toEqual([]);
  });

  test('link to articles that say they are invented', async () => {
    const publisher = publishers()[0];
    const article = publisher && articles(publisher, NOW)[0];
    const page = await (await fetch(server.url + article?.path)).text();
    expect(page).toContain(article?.title);
    expect(page).toContain('invented');
  });
});
