import { addTerms, createTermIndex, findTerms, type Hit, type TermIndex } from '../terms.ts';
import { countryTerms } from './country-names.ts';
import gazetteer from './gazetteer.json' with { type: 'json' };
import locators from './locators.json' with { type: 'json' };

/** A country, or a capital that stands for its government, is more often who acts than where it happens. */
const WHO = 0.25;
const IN_TITLE = 2;
const COUNTRY = 3;
/** Stand for governments: a place only when the words say so ("in Moscow"). */
export const CAPITALS: ReadonlySet<string> = new Set(
  (
    'Kyiv, Moscow, Tehran, Jerusalem, Beijing, Brussels, Berlin, Paris, London, Ankara, Riyadh, Warsaw, Budapest, Minsk, ' +
    'Pyongyang, Seoul, New Delhi, Islamabad, Cairo, Baku, Yerevan, Doha, Caracas, Kigali, Kinshasa, Bamako, Vatican, ' +
    'Juba, Abu Dhabi, Manama'
  ).split(', '),
);
const MOST_BETWEEN = 4;

const split = (words: string): Set<string> => new Set(words.split(', '));
const before = new Map(Object.entries(locators.before).map(([lang, words]) => [lang, split(words)]));
const after = new Map(Object.entries(locators.after).map(([lang, words]) => [lang, split(words)]));
const between = split(locators.between);
const signs = [...split(locators.signs)];
const sides = createTermIndex();
addTerms(sides, 'side', locators.sides);
const countries = new Set(gazetteer.flatMap(([name, , , , precision]) => (precision === COUNTRY ? [name] : [])));
let index: TermIndex | undefined;

/** Towns and regions by their terms, countries by their names only: an adjective or a people is no place. */
function placeIndex(): TermIndex {
  const made = createTermIndex();
  for (const [name, country, , , precision, terms] of gazetteer)
    addTerms(made, String(name), precision === COUNTRY ? countryTerms(String(country)) : String(terms));
  return made;
}

/**
 * How much an item (folded) says that it happened at a place, by the place's name: 1 for a town, a region, or a country
 * said to be where ("in Sudan", "southern Lebanon"), a quarter for a country that is only named; twice that in the title.
 */
export function whereabouts(title: string, summary: string, lang: string): ReadonlyMap<string, number> {
  const votes = new Map<string, number>();
  for (const [text, weight] of [
    [title, IN_TITLE],
    [summary, 1],
  ] as const) {
    const said = new Map<string, number>();
    for (const hit of placesIn(text)) said.set(hit.id, Math.max(said.get(hit.id) ?? 0, strength(hit, text, lang)));
    for (const [name, value] of said) votes.set(name, (votes.get(name) ?? 0) + weight * value);
  }
  return votes;
}

/** A name inside a longer one is not meant: `South Sudan`. */
function placesIn(text: string): Hit[] {
  index ??= placeIndex();
  const hits = findTerms(index, text);
  const within = (a: Hit, b: Hit) =>
    a.id !== b.id && a.at >= b.at && a.at + a.text.length <= b.at + b.text.length && a.text.length < b.text.length;
  return hits.filter((hit) => !hits.some((other) => within(hit, other)));
}

function strength({ id, text: word, at }: Hit, text: string, lang: string): number {
  if (!countries.has(id) && !CAPITALS.has(id)) return 1;
  const rest = text.slice(at + word.length);
  const [next = ''] = rest.trimStart().split(' ', 1);
  const compound = text.charAt(at - 1) !== ' ' && /[a-z]/.test(word);
  const follows = after.get(lang)?.has(next) || signs.some((sign) => rest.startsWith(sign));
  return compound || follows || isLocated(text.slice(0, at), lang) ? 1 : WHO;
}

/** Whether the words before a name say where: a preposition or a side, with at most articles between. */
function isLocated(text: string, lang: string): boolean {
  const words = text.trim().split(' ').slice(-MOST_BETWEEN).reverse();
  for (const word of words) {
    if (before.get(lang)?.has(word) || findTerms(sides, ` ${word} `).length > 0) return true;
    if (!between.has(word)) return false;
  }
  return false;
}
