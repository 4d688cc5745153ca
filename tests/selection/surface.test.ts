import { expect, test } from 'vitest';
import { createSelector } from '../../lib/selection/selector.ts';
import { createSurface } from '../../lib/selection/surface.ts';
import { fold } from '../../lib/selection/text.ts';

/** What is written where the folded text says `words`. */
function written(text: string, words: string): string {
  const folded = fold(text);
  const at = folded.indexOf(fold(words).trim());
  return createSurface(text, folded).words(at, at + fold(words).trim().length);
}

test.each([
  ['letters that folding breaks', 'Обмін військовополоненими', 'віиськовополоненими', 'військовополоненими'],
  ['case and accents', 'Ataque ISRAELÍ en Líbano', 'libano', 'Líbano'],
  ['ligatures and double letters', 'Der große Angriff', 'grosse', 'große'],
  ['several words with their punctuation', 'Een staakt-het-vuren, eindelijk', 'staakt het vuren', 'staakt-het-vuren'],
  ['the whole word of a compound', 'Het Zomeroffensief begon', 'offensief', 'Zomeroffensief'],
  ['Chinese signs without their neighbours', '消息:以军空袭黎巴嫩', '空袭', '空袭'],
  ['words behind emoji, full-width letters and lone accents', '⚡️ ＢＢＣ: l´armée attaque', 'armee', 'armée'],
  ['words behind a letter that becomes several', '№ 5 ½ ﷺ Київ', 'киів', 'Київ'],
])('finds back %s', (_name, text, words, expected) => {
  expect(written(text, words)).toBe(expected);
});

test('reasons show the words as the publisher wrote them', () => {
  const { reasons } = createSelector().decide({
    title: 'Україна та Росія провели обмін військовополоненими',
    summary: 'Обстріл Харкова тривав усю ніч.',
  });
  const texts = reasons.map(({ text }) => text).join('\n');
  expect(texts).toContain('військовополоненими');
  expect(texts).toContain('Україна');
  expect(texts).not.toMatch(/украіна|віиськ/);
});
