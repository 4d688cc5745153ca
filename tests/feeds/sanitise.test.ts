import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { sanitise } from '../../lib/feeds/sanitise.ts';

describe('what is safe stays', () => {
  test.each([
    '<p>One <b>two</b><br><a href="https://news.example/?a=1&amp;b=2" title="Three">four</a></p>',
    '<ul><li>5 &lt; 6</li></ul>',
    '<img src="https://i.example/a.jpg" alt="A quay" width="600" height="400">',
    '<table><tr><td>1</td></tr></table>',
  ])('%s', (html) => expect(sanitise(html)).toBe(html));
});

describe('everything else goes', () => {
  test.each([
    ['<p onclick="x()" style="color:red" class="y">One</p>', '<p>One</p>'],
    ['<script>alert(1)</script>One', 'One'],
    ['One<script>alert(1)', 'One'],
    ['<style>p{}</style><noscript><img src=x></noscript>One', 'One'],
    ['<xmp><script>x</script></xmp><textarea><b></textarea>One', 'One'],
    ['<svg><style><img src=x onerror=y></style></svg>One', 'One'],
    ['<iframe src="https://x.example/">x</iframe><object><embed></object><form><input></form>One', 'One'],
    ['<a href="javascript:x()">One</a>', '<a>One</a>'],
    ['<a href="java&#10;script:x()">One</a>', '<a>One</a>'],
    ['<a href="&#x6a;avascript:x()">One</a>', '<a>One</a>'],
    ['<a href="//x.example/">One</a>', '<a>One</a>'],
    ['<a href="data:text/html,x">One</a>', '<a>One</a>'],
    ['<img src="data:image/svg+xml,x" onerror=y>One', 'One'],
    ['<base href="https://x.example/"><meta http-equiv=refresh><link rel=x>One', 'One'],
    ['<p>One', '<p>One</p>'],
    ['<b><i>One</b></i>', '<b><i>One</i></b>'],
    ['</div></td>One', 'One'],
    ['<p title="</p><script>x</script>">One</p>', '<p>One</p>'],
    [
      '<a title="<script>x</script>" href="https://x.example/">One</a>',
      '<a href="https://x.example/" title="&lt;script&gt;x&lt;/script&gt;">One</a>',
    ],
    ['<!--[if mso]><b>x</b><![endif]-->One', 'One'],
    ['<![CDATA[<script>x</script>]]>', '&lt;script&gt;x&lt;/script&gt;'],
    ['&lt;script&gt;', '&lt;script&gt;'],
    ['One&#x8;', 'One'],
  ])('%s', (html, clean) => expect(sanitise(html)).toBe(clean));

  test.each([
    '<img src="https://i.example/a.gif" width="1" height="1">',
    '<img src="https://i.example/a.gif" height=0>',
    '<img src="https://i.example/a.gif" style="display: none">',
    '<img src="https://i.example/a.gif" style="width:1px;border:0">',
    '<img src="https://feeds.feedburner.com/~r/x/~4/y">',
    '<img src="https://pixel.wp.com/b.gif?x=1">',
  ])('a picture that only counts: %s', (html) => expect(sanitise(html)).toBe(''));
});

/** Pieces that break sanitisers, in any order. */
const pieces = fc.constantFrom(
  ...[
    '<',
    '>',
    '</',
    '/>',
    '"',
    "'",
    '=',
    ' ',
    '&',
    '&lt;',
    '&#60;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '\u0000',
  ],
  ...['<p>', '</p>', '<b', '<script>', '</script>', '<svg>', '<style>', '</style>', '<xmp>', '<textarea>', '<title>'],
  ...[
    '<img src=x onerror=y>',
    '<a href="javascript:x">',
    'https://x.example/',
    ' onclick=x',
    '<math><mi>',
    '<template>',
  ],
);
const nasty = fc.oneof(
  fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 }).map((all) => all.join('')),
  fc.string(),
);

describe('for any HTML', () => {
  test('a second cleaning changes nothing', () => {
    fc.assert(
      fc.property(nasty, (html) => {
        expect(sanitise(sanitise(html))).toBe(sanitise(html));
      }),
      { numRuns: 2000 },
    );
  });

  test('another parser finds nothing but allowed tags, attributes and addresses', () => {
    const allowed =
      /^(?:p|br|hr|b|strong|i|em|u|s|small|sub|sup|span|div|abbr|q|cite|code|pre|blockquote|ul|ol|li|dl|dt|dd|h[1-6]|figure|figcaption|table|thead|tbody|tfoot|tr|th|td|caption|a|img)$/;
    const check = (name: string, attributes: Readonly<Record<string, string>>) => {
      expect(name).toMatch(allowed);
      for (const [key, value] of Object.entries(attributes)) {
        expect(['href', 'src', 'title', 'alt', 'width', 'height']).toContain(key);
        if (key === 'href' || key === 'src') expect(value).toMatch(/^https?:\/\//);
      }
    };
    const property = (html: string) => {
      expect.hasAssertions();
      const parser = new Parser({ onopentag: check, oncomment: () => expect.unreachable('a comment') });
      parser.end(sanitise(html));
    };
    fc.assert(fc.property(nasty, property), { numRuns: 2000 });
  });
});
