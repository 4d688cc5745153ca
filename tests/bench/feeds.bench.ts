/**
 * The whole path from bytes to sanitised items against rss-parser's bare `parseString`, on the same generated documents,
 * turn by turn in one run: node tests/bench/feeds.bench.ts
 */
import Parser from 'rss-parser';
import { decode } from '../../lib/feeds/decode.ts';
import { parseFeed } from '../../lib/feeds/parse.ts';

const ROUNDS = 15;
const WARM_UP = 5;

const paragraph = (n: number, site = 'https://harbour.example') =>
  `<p>The harbour council met for the ${n}th time; <a href="${site}/minutes/${n}">its minutes</a> say <em>little</em> &amp; promise more. ` +
  `Boats left at ${n % 24}:00 and came back with ${n} crates of mackerel, twice as many as in the week before.</p>`;

function rss(items: number, body: (n: number) => string): Buffer {
  const entries = Array.from(
    { length: items },
    (_, n) =>
      `<item><title>Council meeting number ${n} ends early</title><link>https://harbour.example/news/${n}?utm_source=rss</link>` +
      `<guid isPermaLink="false">harbour-${n}</guid><pubDate>Mon, 23 Nov 2026 06:00:00 +0100</pubDate><dc:creator>Ann Vermeer</dc:creator>` +
      `<category>Council</category><media:thumbnail url="https://harbour.example/${n}.jpg" width="240" height="160"/>${body(n)}</item>\n`,
  );
  const spaces =
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"';
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" ${spaces}><channel><title>Harbour News</title>` +
      `<link>https://harbour.example/</link>${entries.join('')}</channel></rss>`,
  );
}

const escaped = (html: string) => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const articles = (site?: string) => (n: number) =>
  `<description>${escaped(paragraph(n))}</description><content:encoded><![CDATA[${Array.from({ length: 12 }, (_, p) => paragraph(n + p, site)).join('')}]]></content:encoded>`;

const documents: Readonly<Record<string, Buffer>> = {
  'headlines with a sentence': rss(1500, (n) => `<description>Meeting ${n} of the council.</description>`),
  'summaries in HTML': rss(1500, (n) => `<description>${escaped(paragraph(n))}</description>`),
  'whole articles': rss(600, articles()),
  'whole articles, relative': rss(600, articles('')),
};

async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

console.log(
  'document'.padEnd(28),
  'MB'.padStart(6),
  'rss-parser'.padStart(12),
  'Dispatches'.padStart(12),
  'ratio'.padStart(8),
);
for (const [name, bytes] of Object.entries(documents)) {
  const { text } = decode(bytes);
  const bare: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const [a, b] = [
      await cpuMs(() => new Parser().parseString(text)),
      await cpuMs(() => parseFeed(bytes, { base: 'https://harbour.example/feed' })),
    ];
    if (round >= WARM_UP) {
      bare.push(a);
      whole.push(b);
    }
  }
  const [a, b] = [median(bare), median(whole)];
  const cells = [
    (bytes.length / 1e6).toFixed(2).padStart(6),
    `${a.toFixed(1)} ms`.padStart(12),
    `${b.toFixed(1)} ms`.padStart(12),
  ];
  console.log(name.padEnd(28), ...cells, (a / b).toFixed(2).padStart(8));
}
