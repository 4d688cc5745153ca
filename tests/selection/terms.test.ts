import { describe, expect, test } from 'vitest';
import { addTerms, createTermIndex, findTerms } from '../../lib/selection/terms.ts';
import { fold } from '../../lib/selection/text.ts';

function found(terms: string, text: string): string[] {
  const index = createTermIndex();
  addTerms(index, 'x', terms);
  return findTerms(index, fold(text)).map((hit) => hit.text);
}

describe('terms', () => {
  test.each([
    ['a word matches as a whole, whatever its case and accents', 'war', 'The WÄR on the warm coast', ['war']],
    [
      'a star at the end stands for any ending',
      'oorlog*',
      'Oorlogsmisdaden en oorlogen',
      ['oorlogsmisdaden', 'oorlogen'],
    ],
    [
      'a star at the beginning stands for any beginning of a compound',
      '*offensief',
      'Het zomeroffensief begon',
      ['offensief'],
    ],
    ['each word of a term has its own ending', 'rosyj* wojsk*', 'Rosyjskie wojska', ['rosyjskie wojska']],
    [
      'the words of a term stand side by side',
      'staakt het vuren',
      'Staakt-het-vuren; staakt nu het vuren',
      ['staakt het vuren'],
    ],
    ['Arabic prefixes are passed over', 'جيش', 'والجيش يتقدم', ['جيش']],
    ['Hebrew prefixes are passed over', 'צבא', 'והצבא הודיע', ['צבא']],
    ['Chinese needs no spaces', '空袭', '以军空袭黎巴嫩', ['空袭']],
    ['Japanese voicing marks count', 'ガザ', 'カサではなくガザ', ['ガザ']],
    ['Russian ё and й are folded', 'мой', 'Мои', ['мои']],
    ['a term does not match inside a longer word', 'war', 'warning forward', []],
  ])('%s', (_name, terms, text, expected) => {
    expect(found(terms, text)).toEqual(expected);
  });

  test('an empty list of terms finds nothing', () => {
    expect(found(' , ', 'anything at all')).toEqual([]);
  });
});
