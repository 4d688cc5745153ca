import type { Locale } from '../types.ts';
import conflicts from './profile/war/conflicts.json' with { type: 'json' };
import gazetteer from './stories/gazetteer.json' with { type: 'json' };
import type { Signature } from './stories/signature.ts';

/** One of the wars that an edition has a section for. */
interface Conflict {
  readonly id: string;
  /** ISO 3166-1 alpha-2 -> how much a mention counts: a country that is at war elsewhere too counts less. */
  readonly countries: Readonly<Record<string, number>>;
  /** The same for people and parties (features of `events.json`). */
  readonly signs: Readonly<Record<string, number>>;
  /** Names of parties that are in no other list (see `addTerms`); a signature has them as feature `c:` and the id. */
  readonly terms: string;
  readonly title: Readonly<Record<Locale, string>>;
}

const TERM = 2;
const table: readonly Conflict[] = conflicts;
const countryOf = new Map(gazetteer.map(([name, country]) => [`p:${name}`, String(country)]));

/**
 * The conflict that a story's items speak of most, by countries (their people and adjectives too), leaders and parties;
 * of equals the first of the table. Undefined when they speak of none.
 */
export function conflictOf(signatures: readonly Signature[]): string | undefined {
  const scores = table.map(({ id, countries, signs }) => ({
    id,
    score: total(signatures, (feature) => {
      if (feature === `c:${id}`) return TERM;
      return signs[feature] ?? countries[countryOf.get(feature) ?? ''] ?? 0;
    }),
  }));
  const [best] = scores.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  return best?.id;
}

function total(signatures: readonly Signature[], weight: (feature: string) => number): number {
  let sum = 0;
  for (const { features } of signatures) for (const [feature, count] of features) sum += count * weight(feature);
  return sum;
}

/** The conflict's name as a heading; undefined for one that the table no longer has. */
export function conflictTitle(id: string, locale: Locale): string | undefined {
  return table.find((conflict) => conflict.id === id)?.title[locale];
}
