import type { Profile } from './profile.ts';
import { addTerms, createTermIndex, findTerms, type TermIndex } from './terms.ts';
import { fold } from './text.ts';

/** One thing found in an item: a feature of the model and the words that made it true. */
export interface Finding {
  /** `title:strike`, `body:strike`, `both:actor+concept` ... */
  readonly feature: string;
  /** The concept found; absent for what is made of several. */
  readonly concept?: string;
  readonly text: string;
}

export interface FoldedItem {
  readonly title: string;
  readonly summary: string;
}

export function foldItem(item: { readonly title: string; readonly summary: string }): FoldedItem {
  return { title: fold(item.title), summary: fold(item.summary.slice(0, 600)) };
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
    const title = firstByConcept(index, item.title);
    const body = firstByConcept(index, item.summary);
    return [...findings('title', title), ...findings('body', body), ...together(profile, title, body)];
  };
}

function indexTerms(profile: Profile, lang: string): TermIndex {
  const index = createTermIndex();
  for (const key of new Set(['any', lang]))
    for (const [id, terms] of Object.entries(profile.terms[key] ?? {})) addTerms(index, id, terms);
  return index;
}

/** Concept -> first words found and how many different ones. */
type Found = Map<string, { text: string; words: Set<string> }>;

function firstByConcept(index: TermIndex, text: string): Found {
  const found: Found = new Map();
  for (const hit of findTerms(index, text)) {
    const known = found.get(hit.id);
    if (known) known.words.add(hit.text);
    else found.set(hit.id, { text: hit.text, words: new Set([hit.text]) });
  }
  return found;
}

function* findings(where: 'title' | 'body', found: Found): Generator<Finding> {
  for (const [concept, { text, words }] of found) {
    yield { feature: `${where}:${concept}`, concept, text };
    if (words.size > 1) yield { feature: `${where}+:${concept}`, concept, text: [...words].slice(0, 3).join(', ') };
  }
}

/** Pairs of kinds: fighting words weigh more beside the name of a party or place at war. */
function together(profile: Profile, title: Found, body: Found): Finding[] {
  const inTitle = kinds(profile, title.keys());
  const anywhere = kinds(profile, [...title.keys(), ...body.keys()]);
  const named = (set: Map<string, string>) => set.get('actor') ?? set.get('place');
  const made: Finding[] = [];
  const add = (feature: string, a: string | undefined, b: string | undefined) => {
    if (a && b) made.push({ feature, text: `${word(title, body, a)} + ${word(title, body, b)}` });
  };
  add('title:named+concept', named(inTitle), inTitle.get('concept'));
  add('any:named+concept', named(anywhere), anywhere.get('concept'));
  add('any:negative+concept', inTitle.get('negative'), anywhere.get('concept'));
  add('any:negative+named', inTitle.get('negative'), named(anywhere));
  return made;
}

function kinds(profile: Profile, ids: Iterable<string>): Map<string, string> {
  const first = new Map<string, string>();
  for (const id of ids) {
    const kind = profile.concepts[id]?.kind;
    if (kind && !first.has(kind)) first.set(kind, id);
  }
  return first;
}

function word(title: Found, body: Found, id: string): string {
  return (title.get(id) ?? body.get(id))?.text ?? id;
}
