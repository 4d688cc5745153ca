import type { Item } from '../../feeds/model.ts';
import { addTerms, createTermIndex, findTerms, type TermIndex } from '../terms.ts';
import { fold, isIdeograph } from '../text.ts';
import { transliterate } from '../transliterate.ts';
import events from './events.json' with { type: 'json' };
import gazetteer from './gazetteer.json' with { type: 'json' };
import { CAPITALS, whereabouts } from './whereabouts.ts';

/**
 * What an item is about, comparable across languages. Features begin with their kind: `p:` place, `n:` person, `e:` event,
 * `d:` number, `s:` word skeleton (the same in related words of other languages), `w:` word of one language.
 */
export interface Signature {
  readonly lang: string;
  /** Feature -> how much it counts: 1 in the summary, `IN_TITLE` more in the title. */
  readonly features: ReadonlyMap<string, number>;
  /** Where it happened: places by name, and how much is said for each. */
  readonly places: ReadonlyMap<string, number>;
  /** Towns named in the title: where it happened. Capitals are left out, they stand for governments. */
  readonly towns: ReadonlySet<string>;
  /** How it is told: `live`, `roundup`, `analysis`, `portrait`; empty for plain news. */
  readonly format: string;
  /** Milliseconds since 1970; NaN when unknown. */
  readonly at: number;
}

const IN_TITLE = 4.5;
const YEAR = /^(19|20)\d\d$/;
const towns = new Set(
  gazetteer.flatMap(([name, , , , precision]) => (precision === 1 && !CAPITALS.has(String(name)) ? [`p:${name}`] : [])),
);
const names = createIndex();
const formats = createFormats();

function createIndex(): TermIndex {
  const index = createTermIndex();
  for (const [name, , , , , terms] of gazetteer) addTerms(index, `p:${name}`, String(terms));
  for (const [name, terms] of Object.entries(events.people)) addTerms(index, `n:${name}`, terms);
  for (const [name, terms] of Object.entries(events.events)) addTerms(index, `e:${name}`, terms);
  return index;
}

function createFormats(): TermIndex {
  const index = createTermIndex();
  for (const [name, terms] of Object.entries(events.formats)) addTerms(index, name, terms);
  return index;
}

/** @param text title and summary without what the publisher writes on every article */
export function sign(
  item: Pick<Item, 'title' | 'published' | 'firstSeen'>,
  text: Pick<Item, 'title' | 'summary'>,
  lang: string,
): Signature {
  const features = new Map<string, number>();
  const title = fold(text.title);
  const body = fold(text.summary);
  for (const [words, weight] of [
    [title, IN_TITLE],
    [body, 1],
  ] as const)
    for (const feature of new Set(featuresOf(words, lang)))
      features.set(feature, (features.get(feature) ?? 0) + weight);
  return {
    lang,
    features,
    places: whereabouts(title, body, lang),
    towns: new Set([...features].flatMap(([name, count]) => (count >= IN_TITLE && towns.has(name) ? [name] : []))),
    format: formatOf(item.title),
    at: Date.parse(item.published ?? item.firstSeen),
  };
}

function* featuresOf(text: string, lang: string): Generator<string> {
  for (const { id } of findTerms(names, text)) yield id;
  for (const word of text.trim().split(' ')) {
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

/** The first sounds of a word, spelled alike in related languages: `rebelles`, `Rebellen`, `rebeldes`. */
function skeleton(word: string): string {
  return transliterate(word)
    .replace(/ph/g, 'f')
    .replace(/[ckq]/g, 'k')
    .replace(/[zs]/g, 's')
    .replace(/w/g, 'v')
    .replace(/[yj]/g, 'i')
    .replace(/(.)\1/g, '$1')
    .slice(0, 5);
}

function formatOf(title: string): string {
  const found = [...new Set(findTerms(formats, fold(title)).map(({ id }) => id))].sort().join('+');
  return found || (/[?？]/.test(title) ? 'analysis' : '');
}
