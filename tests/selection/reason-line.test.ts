import { expect, test } from 'vitest';
import { wordsFor } from '../../lib/selection/reason-line.ts';

const reason = (kind: string, text: string, weight = 1) => ({ kind, text, weight });

test.each([
  [
    'a word within another',
    ['strikes: drone attack', 'attacks: attack', 'a place at war: Kharkiv'],
    ['drone attack', 'Kharkiv'],
  ],
  ['another form of a word', ['a power: Russian', 'armed forces: Russians', 'war: war'], ['Russian', 'war']],
  ['the same with other accents and case', ['a place: Líbano', 'b: LIBANO', 'c: bombas'], ['Líbano', 'bombas']],
])('leaves out %s', (_what, texts, expected) => {
  expect(wordsFor({ reasons: texts.map((text) => reason('concept', text)) }, 3)).toEqual(expected);
});

test('says only what the item says itself and what spoke for it, at most as much as asked', () => {
  const reasons = [
    reason('exemplar', 'like izium: Izium, occupation', 2),
    reason('concept', 'combat: offensief'),
    reason('wording', 'worded like known coverage'),
    reason('together', 'Charkov + offensief'),
    reason('negative', 'sport: goal', -1),
    reason('place', 'a place at war: Charkov'),
    reason('actor', 'a side of a war: Zelensky'),
  ];
  expect(wordsFor({ reasons }, 2)).toEqual(['offensief', 'Charkov']);
});
