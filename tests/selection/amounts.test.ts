import { expect, test } from 'vitest';
import { amountsOf } from '../../lib/selection/stories/amounts.ts';
import { fold } from '../../lib/selection/text.ts';

const amounts = (text: string, lang: string) => [...amountsOf(fold(text).trim().split(' '), lang)];

test.each([
  ['nearly $1 billion of aid', 'en'],
  ['a billion dollars', 'en'],
  ['988 Millionen Dollar', 'de'],
  ['eine Milliarde Dollar', 'de'],
  ['près d’un milliard de dollars', 'fr'],
  ['1,02 miljard dollar', 'nl'],
  ['jeden miliard złotych', 'pl'],
  ['1 млрд доларів', 'uk'],
])('%s is about a thousand million', (text, lang) => {
  expect(amounts(text, lang)).toEqual([72]);
});

test('a billion is more where milliards are counted, and is left alone', () => {
  expect(amounts('1 billion', 'de')).toEqual([]);
});

test('amounts that differ by half are told apart', () => {
  expect(amounts('20 million', 'en')).not.toEqual(amounts('30 million', 'en'));
  expect(amounts('5,000 men, 20 thousand shells', 'en')).toEqual([34]);
});

test('a magnitude without a number says nothing', () => {
  expect(amounts('millions fled; thousands of them by sea', 'en')).toEqual([]);
});
