import type { Finding, FoldedItem } from '../features.ts';
import type { Profile } from '../profile.ts';
import { round } from '../round.ts';
import { addTerms, createTermIndex, findTerms, type TermIndex } from '../terms.ts';
import type { Exemplar } from './model.ts';
import { namesIn } from './names.ts';
import { conceptWeight, nameWeight } from './weights.ts';

/** An exemplar beside an item. */
export interface Likeness {
  readonly exemplar: Exemplar;
  /** 0..1 */
  readonly likeness: number;
  /** What both have, heaviest first: names, concepts, words. */
  readonly shared: readonly string[];
  /** What it adds to the evidence (log-odds): see `shift`. */
  readonly weight: number;
}

/** Log-odds that the nearest exemplar may add, and the nearest negative one take away: all of them together no more. */
const MOST = 2;
/** Likeness from which an exemplar counts; what any two items of one topic have in common lies below it. */
const FROM = 0.3;
/** What each part counts; a part that the exemplar lacks (or words of another language) leaves its share to the others. */
const PARTS = { concepts: 0.4, names: 0.35, terms: 0.25 } as const;
/** Sum of shared words from which nothing is missing. */
const WORDS_ENOUGH = 3;

/**
 * A function that sets an item beside every exemplar, nearest first:
 * likeness = 0.4 · cosine of concepts + 0.35 · cosine of names + 0.25 · shared words.
 */
export function createMatcher(
  profile: Profile,
): (item: FoldedItem, findings: readonly Finding[], lang: string) => Likeness[] {
  const { exemplars } = profile;
  const weight = conceptWeight(profile);
  const words = new Map(exemplars.map((exemplar) => [exemplar, indexWords(exemplar)]));
  return (item, findings, lang) => {
    if (exemplars.length === 0) return [];
    const text = `${item.title}${item.summary}`;
    const concepts = new Map(findings.flatMap(({ concept: id }) => (id ? [[id, weight(id)]] : [])));
    const names = new Map(namesIn(text).map((name) => [name, nameWeight(name)]));
    return exemplars
      .map((exemplar) => {
        const index = exemplar.lang === lang ? words.get(exemplar) : undefined;
        const terms = index && new Map(findTerms(index, text).map(({ id }) => [id, exemplar.terms[id] ?? 0]));
        return compare(exemplar, { concepts, names, terms });
      })
      .sort((a, b) => b.likeness - a.likeness || (a.exemplar.name < b.exemplar.name ? -1 : 1));
  };
}

/** The likenesses that count: the nearest exemplar and the nearest negative one, if near enough. */
export function counting(likenesses: readonly Likeness[]): Likeness[] {
  const nearest = [false, true].map((negative) => likenesses.find(({ exemplar }) => exemplar.negative === negative));
  return nearest.flatMap((one) => (one && one.weight !== 0 ? [one] : []));
}

/** What an item has, with what each counts. */
interface Had {
  readonly concepts: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<string, number>;
  /** Undefined for an item in another language. */
  readonly terms: ReadonlyMap<string, number> | undefined;
}

function compare(exemplar: Exemplar, had: Had): Likeness {
  const parts = [
    { share: PARTS.names, of: exemplar.names, alike: cosine(exemplar.names, had.names), shared: had.names },
    {
      share: PARTS.concepts,
      of: exemplar.concepts,
      alike: cosine(exemplar.concepts, had.concepts),
      shared: had.concepts,
    },
    { share: had.terms ? PARTS.terms : 0, of: exemplar.terms, alike: covered(had.terms), shared: had.terms },
  ].filter(({ of }) => Object.keys(of).length > 0);
  const all = parts.reduce((sum, { share }) => sum + share, 0);
  const likeness = parts.reduce((sum, { share, alike }) => sum + share * alike, 0) / (all || 1);
  const shared = parts.flatMap(({ of, shared }) => Object.keys(of).filter((id) => shared?.has(id)));
  return { exemplar, likeness: round(likeness, 2), shared, weight: shift(exemplar, likeness) };
}

/** Nothing up to a likeness of FROM, then rising evenly to MOST at 1; times the exemplar's strength; below 0 for a negative one. */
function shift({ negative, strength }: Exemplar, likeness: number): number {
  const share = Math.max(0, (likeness - FROM) / (1 - FROM));
  return MOST * strength * share * (negative ? -1 : 1);
}

function cosine(shares: Exemplar['concepts'], had: Had['concepts']): number {
  let both = 0;
  for (const [id, weight] of had) both += weight * (shares[id] ?? 0);
  return both / (length(Object.values(shares)) * length(had.values()) || 1);
}

function length(values: Iterable<number>): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

function covered(had: Had['terms']): number {
  const sum = [...(had?.values() ?? [])].reduce((all, share) => all + share, 0);
  return Math.min(1, sum / WORDS_ENOUGH);
}

function indexWords({ terms }: Exemplar): TermIndex {
  const index = createTermIndex();
  for (const term of Object.keys(terms)) addTerms(index, term, term);
  return index;
}
