/** Generated documents for the bench of feeds; all text is invented. */

const paragraph = (n: number, site = 'https://harbour.example') =>
  `<p>The harbour council met for the ${n}th time; <a href="${site}/minutes/${n}">its minutes</a> say <em>little</em> &amp; promise more. ` +
  `Boats left at ${n % 24}:00 and came back with ${n} crates of mackerel, twice as many as in the week before.</p>`;

const figure = (n: number, site: string) =>
  `<figure><img src="${site}/pictures/${n}.jpg" srcset="${site}/pictures/${n}-s.jpg 480w, ${site}/pictures/${n}-l.jpg 960w" alt="The ${n}th boat"></figure>`;

const escaped = (html: string) => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An RSS document with what real ones carry around a body. */
export function rss(items: number, body: (n: number) => string): Buffer {
  const entries = Array.from(
    { length: items },
    (_, n) =>
      `<item><title>Council meeting number ${n} ends early</title><link>https://harbour.example/news/${n}?utm_source=rss</link>` +
      `<guid isPermaLink="false">harbour-${n}</guid><pubDate>Mon, 23 Nov 2026 06:00:00 +0100</pubDate><dc:creator>Night desk</dc:creator>` +
      `<category>Council</category><media:thumbnail url="https://harbour.example/${n}.jpg" width="240" height="160"/>${body(n)}</item>\n`,
  );
  const spaces =
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"';
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" ${spaces}><channel><title>Harbour News</title>` +
      `<link>https://harbour.example/</link>${entries.join('')}</channel></rss>`,
  );
}

/** A summary and a body of twelve paragraphs; with `site` empty every link in it is relative. */
export const articles =
  (site?: string, piece = paragraph) =>
  (n: number) =>
    `<description>${escaped(paragraph(n))}</description><content:encoded><![CDATA[${Array.from({ length: 12 }, (_, p) => piece(n + p, site)).join('')}]]></content:encoded>`;

export const documents: Readonly<Record<string, Buffer>> = {
  'headlines with a sentence': rss(1500, (n) => `<description>Meeting ${n} of the council.</description>`),
  'summaries in HTML': rss(1500, (n) => `<description>${escaped(paragraph(n))}</description>`),
  'whole articles': rss(600, articles()),
  'whole articles, relative': rss(600, articles('')),
  'with pictures, relative': rss(
    600,
    articles('', (n, site = '') => figure(n, site) + paragraph(n, site)),
  ),
};

const item = (body: string) =>
  `<rss version="2.0"><channel><item><title>One</title><description>${body}</description></item></channel></rss>`;
const flood = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

/** Documents that have made some reader take quadratic time, by length in characters. */
export const hostile: Readonly<Record<string, (length: number) => string>> = {
  'open angles in a body': (length) => item(`<![CDATA[${flood('<', length)}]]>`),
  'tags that never end': (length) => item(`<![CDATA[${flood('<a ', length)}]]>`),
  'elements never closed': (length) => item(`<![CDATA[${flood('<div>', length)}]]>`),
  'deep elements': (length) => `<rss><channel>${flood('<a>', length)}`,
  'quotes never closed': (length) => item(`<![CDATA[${flood('<a href="', length)}]]>`),
  'comments never closed': (length) => item(flood('<!--', length)),
  'CDATA never closed': (length) => item(flood('<![CDATA[', length)),
  'bare ampersands': (length) => item(flood('&', length)),
  'references to characters': (length) => item(flood('&#x26;', length)),
  'srcset of commas': (length) => item(`<![CDATA[<img srcset="${flood('a,', length)}">]]>`),
  'items without end': (length) => `<rss><channel>${flood('<item>', length)}`,
  'attributes of one tag': (length) => item(`<![CDATA[<a ${flood('b=c ', length)}>]]>`),
};
