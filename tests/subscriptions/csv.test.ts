import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCsv, parseCsv } from '../../lib/subscriptions/csv.ts';

const cellsOf = (text: string) => [...parseCsv(text)].map(({ cells }) => cells);

test.each([
  [
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a;b\nc;d,e',
    [
      ['a', 'b'],
      ['c', 'd,e'],
    ],
  ],
  ['\uFEFFa,b', [['a', 'b']]],
  ['"a ""b""","c\r\nd",', [['a "b"', 'c\r\nd', '']]],
  ['a\n\n  \nb', [['a'], ['b']]],
  ['"open', [['open']]],
  ['"a"x,b', [['a', 'b']]],
  ['', []],
])('%j is read as %j', (text, cells) => {
  expect(cellsOf(text)).toEqual(cells);
});

test('a record knows the line on which it begins', () => {
  expect([...parseCsv('a\n"b\nb",c\n\nd')].map(({ line }) => line)).toEqual([1, 2, 5]);
});

test('whatever is written is read back', () => {
  const cell = fc
    .string({ unit: fc.constantFrom(...'ab=+-@\'",;\r\n\t .') })
    .map((text) => text.replaceAll('\r', '').trim());
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
  fc.assert(
    fc.property(rows, (records) => {
      const lines = [
        ['first', 'second'],
        ...records.filter((cells) => !cells.some((text) => /^'[=+\-@\t\r]/.test(text))),
      ];
      expect(cellsOf(lines.map(formatCsv).join(''))).toEqual(lines);
    }),
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('a spreadsheet does not run %j', (cell) => {
  expect(formatCsv([cell, 'b'])).toMatch(/^"?'/);
});
