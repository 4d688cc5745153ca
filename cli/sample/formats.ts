import iconv from 'iconv-lite';
import type { Article, Format, Publisher } from './newsroom.ts';

export interface Document {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

type Writer = (publisher: Publisher, articles: readonly Article[], base: string) => string;

const WRITERS: Readonly<Record<Format, readonly [contentType: string, write: Writer]>> = {
  rss: ['application/rss+xml', rss],
  rdf: ['application/rdf+xml', rdf],
  atom: ['application/atom+xml', atom],
  json: ['application/feed+json', json],
};

/** The publisher's feed document. @param base address of the server, without trailing slash */
export function writeFeed(publisher: Publisher, articles: readonly Article[], base: string): Document {
  const [contentType, write] = WRITERS[publisher.format];
  const text = write(publisher, articles, base);
  const damaged = publisher.broken
    ? text.replaceAll('&amp;', '&').replace('</description>\n    </item>', '\n    </item>')
    : text;
  return { contentType, bytes: iconv.encode(damaged, publisher.encoding ?? 'utf-8') };
}

function rss(publisher: Publisher, articles: readonly Article[], base: string): string {
  const items = articles.map(
    (article) => `
    <item>
      <title>${xml(article.title)}</title>
      <link>${base}${article.path}</link>
      <guid isPermaLink="false">${article.path}</guid>
      <pubDate>${article.published.toUTCString()}</pubDate>
      <description>${xml(article.summary)}</description>
    </item>`,
  );
  return `<?xml version="1.0" encoding="${publisher.encoding ?? 'utf-8'}"?>
<rss version="2.0">
  <channel>
    <title>${xml(publisher.title)}</title>
    <link>${base}/</link>
    <language>${publisher.lang}</language>
    <ttl>15</ttl>${items.join('')}
  </channel>
</rss>
`;
}

function rdf(publisher: Publisher, articles: readonly Article[], base: string): string {
  const items = articles.map(
    (article) => `
  <item rdf:about="${base}${article.path}">
    <title>${xml(article.title)}</title>
    <link>${base}${article.path}</link>
    <dc:date>${article.published.toISOString()}</dc:date>
    <description>${xml(article.summary)}</description>
  </item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="${base}/"><title>${xml(publisher.title)}</title><link>${base}/</link><dc:language>${publisher.lang}</dc:language></channel>${items.join('')}
</rdf:RDF>
`;
}

function atom(publisher: Publisher, articles: readonly Article[], base: string): string {
  const entries = articles.map(
    (article) => `
  <entry>
    <id>tag:dispatches.example,2026:${article.path}</id>
    <title>${xml(article.title)}</title>
    <link href="${base}${article.path}"/>
    <published>${article.published.toISOString()}</published>
    <updated>${article.published.toISOString()}</updated>
    <summary>${xml(article.summary)}</summary>
  </entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${publisher.lang}">
  <id>tag:dispatches.example,2026:${publisher.slug}</id>
  <title>${xml(publisher.title)}</title>
  <updated>${articles[0]?.published.toISOString() ?? ''}</updated>${entries.join('')}
</feed>
`;
}

function json(publisher: Publisher, articles: readonly Article[], base: string): string {
  const items = articles.map((article) => ({
    id: article.path,
    url: `${base}${article.path}`,
    title: article.title,
    content_text: article.summary,
    date_published: article.published.toISOString(),
  }));
  const version = 'https://jsonfeed.org/version/1.1';
  return JSON.stringify({ version, title: publisher.title, language: publisher.lang, items }, null, 2);
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
