import type { Item } from '../../feeds/model.ts';
import conflicts from '../profile/war/conflicts.json' with { type: 'json' };
import { addTerms, createTermIndex, findTerms, type TermIndex } from '../terms.ts';
import { fold, isIdeograph } from '../text.ts';
import { transliterate } from '../transliterate.ts';
import { amountsOf } from './amounts.ts';
import events from './events.json' with { type: 'json' };
import { formatsOf } from './format.ts';
import gazetteer from './gazetteer.json' with { type: 'json' };
import { slugOf } from './slug.ts';
import { CAPITALS, whereabouts } from './whereabouts.ts';

/**
 * What an item is about, comparable across languages. Features begin with their kind: `p:` place, `n:` person, `e:` event or
 * large amount, `c:` party to a conflict (compares nothing), `d:` number, `s:` word skeleton (the same in related words of
 * other languages), `w:` word of one language.
 */
export interface Signature {
  readonly lang: string;
  /** Publisher family; of one family two like reports are more often two events. */
  readonly family: string;
  /** Feature -> how much it counts: 1 in the summary or the link, `IN_TITLE` more in the title. */
  readonly features: ReadonlyMap<string, number>;
  /** Where it happened: places by name, and how much is said for each. */
  readonly places: ReadonlyMap<string, number>;
  /** Towns named in the title. Capitals are left out, they stand for governments. */
  readonly towns: ReadonlySet<string>;
  /** How it is told (see `formatsOf`). */
  readonly formats: ReadonlySet<string>;
  /** Milliseconds since 1970; NaN when unknown. */
  readonly at: number;
}

export const IN_TITLE = 4.5;
const YEAR = /^(19|20)\d\d$/;
const towns = new Set(
  gazetteer.flatMap(([name, , , , precision]) => (precision === 1 && !CAPITALS.has(String(name)) ? [`p:${name}`] : [])),
);
const names = createIndex();

function createIndex(): TermIndex {
  const index = createTermIndex();
  for (const [name, , , , , terms] of gazetteer) addTerms(index, `p:${name}`, String(terms));
  for (const [name, terms] of Object.entries(events.people)) addTerms(index, `n:${name}`, terms);
  for (const [name, terms] of Object.entries(events.events)) addOwn(index, `e:${name}`, terms);
  for (const { id, terms } of conflicts) addTerms(index, `c:${id}`, terms);
  return index;
}

/** Terms of which some mean it in one language only: `no:el` is electricity in Norwegian, the article in Spanish. */
function addOwn(index: TermIndex, id: string, terms: string): void {
  for (const term of terms.split(',')) {
    const [, lang, own] = /^\s*([a-z]{2}):(.+)$/.exec(term) ?? [];
    addTerms(index, lang ? `${id}@${lang}` : id, own ?? term);
  }
}

/** @param text title and summary without what the publisher writes on every article */
export function sign(
  item: Pick<Item, 'title' | 'link' | 'family' | 'published' | 'firstSeen'>,
  text: Pick<Item, 'title' | 'summary'>,
  lang: string,
): Signature {
  const features = new Map<string, number>();
  const title = fold(text.title);
  const body = fold(text.summary);
  for (const [words, weight] of [
    [title, IN_TITLE],
    [body, 1],
    [fold(slugOf(item.link)), 1],
  ] as const)
    for (const feature of new Set(featuresOf(words, lang)))
      features.set(feature, (features.get(feature) ?? 0) + weight);
  return {
    lang,
    family: item.family,
    features,
    places: whereabouts(title, body, lang),
    towns: new Set([...features].flatMap(([name, count]) => (count >= IN_TITLE && towns.has(name) ? [name] : []))),
    formats: formatsOf(item.title, item.link),
    at: Date.parse(item.published ?? item.firstSeen),
  };
}

function* featuresOf(text: string, lang: string): Generator<string> {
  for (const { id } of findTerms(names, text)) {
    const at = id.indexOf('@');
    if (at < 0) yield id;
    else if (id.slice(at + 1) === lang) yield id.slice(0, at);
  }
  const words = text.trim().split(' ');
  for (const amount of amountsOf(words, lang)) yield `e:amount${amount}`;
  for (const word of words) {
    if (/^\d+$/.test(word)) {
      if (word.length > 1 && !YEAR.test(word)) yield `d:${word}`;
    } else if (isIdeograph(word.charCodeAt(0))) {
      for (let i = 0; i + 2 <= word.length; i++) yield `w:${lang}${word.slice(i, i + 2)}`;
    } else if (word.length > 3) {
      yield `w:${lang}${word.slice(0, 6)}`;
      if (word.length > 4) yield `s:${skeleton(word)}`;
    }
  }
}

const SOUNDS: Readonly<Record<string, string>> = { ph: 'f', c: 'k', q: 'k', z: 's', w: 'v', y: 'i', j: 'i' };

/** The first sounds of a word, spelled alike in related languages: `rebelles`, `Rebellen`, `rebeldes`. */
function skeleton(word: string): string {
  return transliterate(word.slice(0, 12))
    .replace(/ph|[cqzwyj]/g, (sound) => SOUNDS[sound] ?? sound)
    .replace(/(.)\1/g, '$1')
    .slice(0, 5);
}
