import { describe, expect, test } from 'vitest';
import { appendToOpml, readOpml, writeOpml } from '../../lib/feeds/opml.ts';

const list = (outlines: string) => `<?xml version="1.0"?>\n<opml version="2.0">\n<body>\n${outlines}\n</body>\n</opml>`;

describe('a feed list', () => {
  test('is read with all that it says of a feed, in folders or not', () => {
    const outlines = `<outline text="Ports"><outline text="Quay" title="Quay &amp; Co" xmlUrl="https://quay.example/a?b=1&amp;c=2"
      language="nl" family="quay" control="state"/></outline><outline xmlUrl="https://b.example/"/>`;
    expect(readOpml(list(outlines))).toEqual([
      { url: 'https://quay.example/a?b=1&c=2', title: 'Quay & Co', lang: 'nl', family: 'quay', control: 'state' },
      { url: 'https://b.example/' },
    ]);
  });

  test('is added to at its end, and keeps its comments, folders and what else it says', () => {
    const before = list(
      '<!-- of the harbour --><outline text="Ports"><outline xmlUrl="https://a.example/" x="1"/></outline>',
    );
    const after = appendToOpml(before, [{ url: 'https://b.example/?a&b', title: 'B' }]);
    expect(after.startsWith(before.slice(0, before.indexOf('\n</body>')))).toBe(true);
    expect(readOpml(after)).toEqual([{ url: 'https://a.example/' }, { url: 'https://b.example/?a&b', title: 'B' }]);
    const bare = '<opml><outline xmlUrl="https://a.example/"/>';
    expect(readOpml(appendToOpml(bare, [{ url: 'https://b.example/' }]))).toHaveLength(2);
  });

  test('may be ill-formed', () => {
    expect(readOpml(list('<outline text="A & B" xmlurl="https://a.example/?x=1&y=2">'))).toEqual([
      { url: 'https://a.example/?x=1&y=2', title: 'A & B' },
    ]);
  });

  test('names a feed once', () => {
    const twice =
      '<outline xmlUrl="https://a.example/" text="First"/><outline xmlUrl="https://a.example/" text="Second"/>';
    expect(readOpml(list(twice))).toEqual([{ url: 'https://a.example/', title: 'First' }]);
  });

  test('comes back from writing as it was', () => {
    const sources = [
      { url: 'https://a.example/?b=1&c=2', title: '"A" <B> & C', lang: 'nl', family: 'a', control: 'state' as const },
      { url: 'https://b.example/' },
    ];
    expect(readOpml(writeOpml(sources))).toEqual(sources);
  });

  test.each([
    ['<rss/>', 'line 1'],
    ['', 'line 1'],
    [list('<outline xmlUrl="ftp://a.example/"/>'), 'Line 4'],
    [list('\n<outline xmlUrl="https://a.example/" control="yes"/>'), 'Line 5'],
  ])('that is wrong is refused with the line: %j', (text, line) => expect(() => readOpml(text)).toThrow(line));
});
