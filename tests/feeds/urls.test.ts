import fc from 'fast-check';
import { expect, test } from 'vitest';
import { webUrl } from '../../lib/feeds/urls.ts';

const piece = fc.constantFrom(
  ...[
    '/',
    '//',
    '.',
    '..',
    '/./',
    'a',
    'Z',
    '9',
    '%41',
    '%',
    '?',
    '#',
    '&',
    '=',
    ':',
    '@',
    '\\',
    ' ',
    '\t',
    'é',
    "'",
    '"',
  ],
  ...['http:', 'https://', 'harbour.example', 'HARBOUR', '|', '^', '~', '-', '_', '(', ';', '<', '\u0000', '[', '{'],
);
const reference = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const bases = [
  'https://harbour.example/feed',
  'http://harbour.example:8080/a/b?c#d',
  'https://HARBOUR.example/',
  undefined,
];

/** What the platform makes of a reference. */
function slowly(written: string, base: string | undefined): string | null {
  const url = written.trim() ? URL.parse(written.trim(), base) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href;
}

test('addresses are resolved as the platform resolves them, also on the short way', () => {
  fc.assert(
    fc.property(reference, fc.constantFrom(...bases), (written, base) => {
      expect(webUrl(written, base)).toBe(slowly(written, base));
    }),
    { numRuns: 5000 },
  );
});
