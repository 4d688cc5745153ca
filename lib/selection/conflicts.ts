import type { Locale } from '../types.ts';
import war from './profile/war/conflicts.json' with { type: 'json' };
import gazetteer from './stories/gazetteer.json' with { type: 'json' };
import type { Signature } from './stories/signature.ts';
import { addTerms, createTermIndex, findTerms } from './terms.ts';
import { fold } from './text.ts';

/** One of the conflicts (or whatever the topic is parted into) that an edition has a section for. */
export interface Conflict {
  readonly id: string;
  /** ISO 3166-1 alpha-2 -> how much a mention counts: a country that is at war elsewhere too counts less. */
  readonly countries: Readonly<Record<string, number>>;
  /** The same for people and parties (features of `events.json`). */
  readonly signs: Readonly<Record<string, number>>;
  /** Names that are in no other list (see `addTerms`). */
  readonly terms: string;
  readonly title: Readonly<Partial<Record<Locale, string>>>;
}

const TERM = 2;
/** How much more a term says in a title than in a summary. */
const IN_TITLE = 4.5;
const builtIn: readonly Conflict[] = war;
const countryOf = new Map(gazetteer.map(([name, country]) => [`p:${name}`, String(country)]));

/** What an item says and the features that were found in it. */
export interface Speaking {
  readonly text: { readonly title: string; readonly summary: string };
  readonly features: Signature['features'] | undefined;
}

/**
 * A function that tells the conflict that a story's items speak of most, by countries (their people and adjectives too),
 * leaders and parties; of equals the first of the table. Undefined when they speak of none.
 */
export function createConflicts(
  table: readonly Conflict[] = builtIn,
): (items: readonly Speaking[]) => string | undefined {
  const index = createTermIndex();
  for (const { id, terms } of table) addTerms(index, id, terms);
  const spokenBy = signsOf(table);
  const named = (text: string) => new Set(findTerms(index, fold(text)).map((hit) => hit.id));
  const scoresOf = ({ text, features }: Speaking) => {
    const [title, summary] = [named(text.title), named(text.summary)];
    const sums = table.map(({ id }) => TERM * ((title.has(id) ? IN_TITLE : 0) + (summary.has(id) ? 1 : 0)));
    for (const [feature, count] of features ?? [])
      for (const { at, weight } of spokenBy.get(feature) ?? []) sums[at] = (sums[at] ?? 0) + count * weight;
    return sums;
  };
  return (items) => {
    const each = items.map(scoresOf);
    const scores = table.map(({ id }, at) => ({ id, score: each.reduce((sum, sums) => sum + (sums[at] ?? 0), 0) }));
    const [best] = scores.filter((one) => one.score > 0).sort((a, b) => b.score - a.score);
    return best?.id;
  };
}

/** Feature -> the conflicts of the table (by their place in it) that it speaks for, and how much. */
function signsOf(table: readonly Conflict[]): Map<string, { readonly at: number; readonly weight: number }[]> {
  const found = new Map<string, { readonly at: number; readonly weight: number }[]>();
  for (const [at, { countries, signs }] of table.entries()) {
    const places = [...countryOf].map(([place, country]) => [place, countries[country] ?? 0] as const);
    for (const [feature, weight] of new Map([...places, ...Object.entries(signs)]))
      if (weight !== 0) found.set(feature, [...(found.get(feature) ?? []), { at, weight }]);
  }
  return found;
}

/** The conflict's name as a heading; undefined for one that the table no longer has. */
export function conflictTitle(id: string, locale: Locale, table = builtIn): string | undefined {
  return table.find((conflict) => conflict.id === id)?.title[locale];
}

/** Ids of all conflicts of the table, in its order. */
export function conflictIds(table = builtIn): readonly string[] {
  return table.map(({ id }) => id);
}
