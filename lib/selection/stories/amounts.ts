/** Words for large numbers, folded, and their powers of ten. */
const POWERS: readonly (readonly [number, RegExp])[] = [
  [9, /^(milliard|miliard|miljard|milyar|mrd|mld|млрд|миллиард|мільярд|мілярд|bilhao|bilhoes|مليار)/u],
  [
    6,
    /^(million|milion|miljon|miljoen|milyon|millon|milhao|milhoes|mln|mio$|млн|миллион|мільйон|мілйон|مليون|ملايين)/u,
  ],
  [3, /^(thousand|mille$|mil$|tysi|tys$|tausend|duizend|tusen|tusind|тыс|тис)/u],
];
const ONE = new Set(
  'a an one un une uno una ein eine einer einem einen eines een um uma jeden jedna jednego en ett et bir egy один одну одного'.split(
    ' ',
  ),
);
/** Steps to a power of ten: amounts within about a sixth of each other are mostly one step. */
const STEPS = 8;

/**
 * The large amounts of a text, each as a step of a logarithmic scale: "988 million" and "nearly a billion" are one step.
 * @param words folded, in their order
 * @param lang a "billion" has nine zeros in English, twelve where milliards are counted
 */
export function* amountsOf(words: readonly string[], lang: string): Generator<number> {
  for (let i = 1; i < words.length; i++) {
    const many = howMany(words[i - 2] ?? '', words[i - 1] ?? '');
    const power = many > 0 ? powerOf(words[i] ?? '', lang) : undefined;
    if (power) yield Math.round(STEPS * (power + Math.log10(many)));
  }
}

/** Folding has parted "1.5" into two words. */
function howMany(first: string, last: string): number {
  if (!/^\d{1,3}$/.test(last)) return ONE.has(last) ? 1 : 0;
  return Number(/^\d{1,3}$/.test(first) ? `${first}.${last}` : last);
}

function powerOf(word: string, lang: string): number | undefined {
  if (word === 'billion') return lang === 'en' ? 9 : undefined;
  return POWERS.find(([, form]) => form.test(word))?.[0];
}
