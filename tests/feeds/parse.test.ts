import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FeedError } from '../../lib/feeds/feed-error.ts';
import { type ParseHints, parseFeed } from '../../lib/feeds/parse.ts';

const folder = join(import.meta.dirname, '../fixtures/feeds');
const parse = (xml: string, hints?: ParseHints) => parseFeed(new TextEncoder().encode(xml), hints);
const channel = (items: string, more = '') =>
  `<rss version="2.0"><channel><title>News</title>${more}${items}</channel></rss>`;
const item = async (inner: string, hints?: ParseHints) =>
  (await parse(channel(`<item>${inner}</item>`), hints)).items[0];
const entry = async (inner: string, hints?: ParseHints) =>
  (await parse(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${inner}</entry></feed>`, hints)).items[0];

describe('documents of every kind', () => {
  const documents = readdirSync(folder).filter((name) => !name.includes('.expected.'));

  test.each(documents)('%s is read as its pair says', async (name) => {
    const expected: unknown = JSON.parse(readFileSync(join(folder, name.replace(/\.\w+$/, '.expected.json')), 'utf8'));
    const bytes = readFileSync(join(folder, name));
    expect(await parseFeed(bytes, { base: 'https://harbour.example/feeds/news' })).toMatchObject(expected as object);
  });
});

describe('what is broken is repaired', () => {
  test.each([
    ['an ampersand', '<title>Bread & butter</title>', 'Bread & butter'],
    ['a less-than sign', '<title>5 < 6</title>', '5 < 6'],
    ['entities of HTML', '<title>Caf&eacute;&nbsp;&ndash; open</title>', 'Café – open'],
    ['a control character', '<title>On\u0007e</title>', 'One'],
    ['a reference to one', '<title>On&#7;e</title>', 'One'],
    ['a missing end tag', '<title>One<link>https://news.example/</link>', 'One'],
    ['small letters', '<TITLE>One</TITLE>', 'One'],
    ['unescaped HTML', '<title>One <b>two</b></title>', 'One two'],
    ['crossed tags', '<title>One <b><i>two</b></i></title>', 'One two'],
    ['cdata in small letters', '<title><![cdata[One]]></title>', 'One'],
  ])('%s', async (_what, inner, title) => expect((await item(inner))?.title).toBe(title));

  test('an item that was not closed ends where the next begins', async () => {
    const feed = await parse(channel('<item><title>One</title><item><title>Two</title></item>'));
    expect(feed.items.map(({ title }) => title)).toEqual(['One', 'Two']);
  });

  test('a document that was cut off gives the items that are whole', async () => {
    const whole = channel(
      '<item><title>One</title></item><item><title>Two</title><link>https://news.example/</link></item>',
    );
    for (const end of ['Tw', '<link>https://news', '<link']) {
      const feed = await parse(whole.slice(0, whole.indexOf(end) + end.length));
      expect(feed.items.map(({ title }) => title)).toEqual(['One']);
    }
  });

  test.each([
    ['junk before it', `<!-- made by hand -->\n<?php echo 1 ?>${channel('<item><title>One</title></item>')}`],
    ['a document type', `<!DOCTYPE rss [<!ENTITY x "y"> ]>${channel('<item><title>One</title></item>')}`],
    ['an unknown version', channel('<item><title>One</title></item>').replace('2.0', '3.1')],
    ['no version', channel('<item><title>One</title></item>').replace(' version="2.0"', '')],
    ['no rss element', '<channel><item><title>One</title></item></channel>'],
    ['another one after it', `${channel('<item><title>One</title></item>')}<rss><channel></channel></rss>`],
    ['an unknown default namespace', channel('<item><title>One</title></item>').replace('<rss', '<rss xmlns="urn:x"')],
  ])('a feed with %s', async (_what, xml) => {
    expect((await parse(xml)).items.map(({ title }) => title)).toEqual(['One']);
  });

  test('entities are never defined, files never named', async () => {
    const bomb = '<!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/hostname">]>';
    const feed = await parse(`${bomb}${channel('<item><title>&a;&b; one</title></item>')}`);
    expect(feed.items[0]?.title).toBe('&a;&b; one');
  });
});

describe('names', () => {
  test('count by namespace, not by prefix', async () => {
    const xml = '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>One</a:title></a:entry></a:feed>';
    expect((await parse(xml)).items[0]?.title).toBe('One');
  });

  test('are understood when their namespace is not declared', async () => {
    expect((await item('<content:encoded><![CDATA[<p>All of it</p>]]></content:encoded>'))?.content).toBe(
      '<p>All of it</p>',
    );
  });

  test('of other vocabularies do not shadow the real ones', async () => {
    const inner =
      '<x:title xmlns:x="urn:other">Wrong</x:title><source><title>Wrong</title></source><title>Right</title>';
    expect((await item(inner))?.title).toBe('Right');
  });

  test('of Object.prototype do no harm', async () => {
    const inner = '<__proto__><x>1</x></__proto__><constructor>1</constructor><then>1</then><title>One</title>';
    expect((await item(inner))?.title).toBe('One');
    expect({}).not.toHaveProperty('x');
  });
});

describe('titles', () => {
  test.each([
    ['&lt;b&gt;Bold&lt;/b&gt; news', 'Bold news'],
    ['AT&amp;amp;T', 'AT&T'],
    ['Lists of List&lt;String&gt;', 'Lists of List<String>'],
    ['<![CDATA[One\n   two]]>', 'One two'],
    ['One&#x202e;owt&#x200b;', 'Oneowt'],
    ['می‌خواهم', 'می‌خواهم'],
    ['a\u200db\u200d', 'a\u200db'],
    [`o${'\u0301'.repeat(40)}`, `o${'\u0301'.repeat(4)}`],
  ])('%s is read as %s', async (written, title) => {
    expect((await item(`<title>${written}</title>`))?.title).toBe(title);
  });

  test('of Atom mean what their type says', async () => {
    expect((await entry('<title type="text">The &lt;b&gt; tag</title>'))?.title).toBe('The <b> tag');
    expect((await entry('<title type="html">The &lt;b&gt;tag&lt;/b&gt;</title>'))?.title).toBe('The tag');
    expect(
      (await entry('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">5 &lt; 6</div></title>'))?.title,
    ).toBe('5 < 6');
  });
});

describe('addresses', () => {
  const base = 'https://harbour.example/feeds/news.xml';

  test('resolve against xml:base, else the document, else the link of the feed', async () => {
    expect((await entry('<link href="a" xml:base="/x/"/>', { base }))?.link).toBe('https://harbour.example/x/a');
    expect((await item('<link>../a</link>', { base }))?.link).toBe('https://harbour.example/a');
    const feed = await parse(channel('<item><link>/a</link></item>', '<link>https://other.example/</link>'));
    expect(feed.items[0]?.link).toBe('https://other.example/a');
  });

  test('inside bodies resolve, too, each candidate of a srcset', async () => {
    const html = '<a href="x">x</a><img src="/y.jpg" srcset="y1.jpg 1x, /y2.jpg 2x">';
    const found = await item(`<description><![CDATA[${html}]]></description>`, { base });
    expect(found?.summary).toBe(
      '<a href="https://harbour.example/feeds/x">x</a><img src="https://harbour.example/y.jpg" ' +
        'srcset="https://harbour.example/feeds/y1.jpg 1x, https://harbour.example/y2.jpg 2x">',
    );
  });

  test.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '&#1;javascript:x',
  ])('%s is no link', async (written) => {
    const found = await item(
      `<title>One</title><link>${written}</link><guid>${written}</guid><enclosure url="${written}"/>`,
    );
    expect([found?.title, found?.link, found?.image, found?.enclosures]).toEqual(['One', null, null, []]);
  });

  test('lose the name and password in them', async () => {
    expect((await item('<link>https://bank.example@evil.example/</link>'))?.link).toBe('https://evil.example/');
  });

  test('of a permalink guid serve as link, those of other guids do not', async () => {
    expect((await item('<guid>https://news.example/1</guid>'))?.link).toBe('https://news.example/1');
    expect((await item('<guid isPermaLink="false">https://news.example/1</guid>'))?.link).toBeNull();
  });
});

describe('pictures', () => {
  test.each([
    ['<media:group><media:content url="https://i.example/a.jpg" medium="image"/></media:group>'],
    ['<media:thumbnail url="https://i.example/a.jpg"/>'],
    ['<enclosure url="https://i.example/a.jpg" type="image/jpeg"/>'],
    ['<itunes:image href="https://i.example/a.jpg"/>'],
    ['<image><url>https://i.example/a.jpg</url><title>No title of the item</title></image>'],
    ['<description>&lt;img src="https://i.example/a.jpg"&gt;</description>'],
  ])('come from %s', async (inner) => {
    expect(await item(inner)).toMatchObject({ image: 'https://i.example/a.jpg', title: null });
  });
});

describe('what is no feed is an error in words', () => {
  test.each([
    ['', 'empty'],
    [' \n\ufeff', 'empty'],
    ['<!doctype html><html><title>Hello</title></html>', 'not-a-feed'],
    ['<opml version="2.0"><body/></opml>', 'not-a-feed'],
    ['<?xml version="1.0"?>', 'not-a-feed'],
    ['%PDF-1.7', 'not-a-feed'],
    ['[]', 'json'],
    ['{"items": 1}', 'json'],
    ['{"version": ', 'json'],
  ])('%j', async (document, code) => {
    const error = await parse(document).catch((caught: FeedError) => caught);
    expect(error).toMatchObject({ code, advice: expect.stringMatching(/\w/) });
  });
});
