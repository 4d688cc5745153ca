import type { Profile } from './profile.ts';
import { createSurface, type Surface } from './surface.ts';
import { addTerms, createTermIndex, findTerms, type TermIndex } from './terms.ts';
import { fold } from './text.ts';
import { amounts, type Found, together } from './together.ts';

/** One thing found in an item: a feature of the model and the words that made it true. */
export interface Finding {
  /** `title:strike`, `body:strike`, `link:strike`, `any:named+concept` ... */
  readonly feature: string;
  /** The concept found in title or summary; absent for its address and for what is made of several. */
  readonly concept?: string;
  /** As written in the item. */
  readonly text: string;
}

export interface FoldedItem {
  readonly title: string;
  readonly summary: string;
  /** The path of its address: publishers name the section and often the title in it. */
  readonly link: string;
  /** The words as written, for reasons. */
  readonly written: { readonly title: Surface; readonly summary: Surface; readonly link: Surface };
}

/** What a selector reads of an item. */
export interface Readable {
  readonly title: string;
  readonly summary: string;
  readonly link?: string | null;
}

const SUMMARY_READ = 600;
const PATH_READ = 200;

/** Everything of an item that is read, folded once: title, start of the summary, path of the address. */
export function foldItem(item: Readable): FoldedItem {
  const start = item.summary.slice(0, SUMMARY_READ);
  const path = pathOf(item.link);
  const [title, summary, link] = [fold(item.title), fold(start), fold(path)];
  const written = {
    title: createSurface(item.title, title),
    summary: createSurface(start, summary),
    link: createSurface(path, link),
  };
  return { title, summary, link, written };
}

function pathOf(link: string | null | undefined): string {
  const path = (link && URL.parse(link)?.pathname) || '';
  try {
    return decodeURIComponent(path).slice(0, PATH_READ);
  } catch {
    return path.slice(0, PATH_READ);
  }
}

/** Finds a profile's concepts in items. Indexes per language are made when first met. */
export function createFinder(profile: Profile): (item: FoldedItem, lang: string) => Finding[] {
  const indexes = new Map<string, TermIndex>();
  const indexFor = (lang: string): TermIndex => {
    const made = indexes.get(lang) ?? indexTerms(profile, lang);
    indexes.set(lang, made);
    return made;
  };
  return (item, lang) => {
    const index = indexFor(lang in profile.terms ? lang : 'any');
    const title = firstByConcept(index, item.title, item.written.title);
    const body = firstByConcept(index, item.summary, item.written.summary);
    const link = firstByConcept(index, item.link, item.written.link);
    return [
      ...findings('title', title),
      ...findings('body', body),
      ...addressed(link),
      ...together(profile, title, body),
      ...amounts(profile, title, body),
    ];
  };
}

function indexTerms(profile: Profile, lang: string): TermIndex {
  const index = createTermIndex();
  for (const key of new Set(['any', lang]))
    for (const [id, terms] of Object.entries(profile.terms[key] ?? {})) addTerms(index, id, terms);
  return index;
}

function firstByConcept(index: TermIndex, text: string, written: Surface): Found {
  const found: Found = new Map();
  for (const { id, text: word, at } of findTerms(index, text)) {
    const words = found.get(id) ?? new Map<string, string>();
    if (!words.has(word)) words.set(word, written.words(at, at + word.length));
    found.set(id, words);
  }
  return found;
}

function* findings(where: 'title' | 'body', found: Found): Generator<Finding> {
  for (const [concept, words] of found) {
    const texts = [...new Set(words.values())];
    yield { feature: `${where}:${concept}`, concept, text: texts[0] ?? concept };
    if (words.size > 1) yield { feature: `${where}+:${concept}`, concept, text: texts.slice(0, 3).join(', ') };
  }
}

function addressed(found: Found): Finding[] {
  return [...found].map(([concept, words]) => ({
    feature: `link:${concept}`,
    text: [...words.values()][0] ?? concept,
  }));
}
