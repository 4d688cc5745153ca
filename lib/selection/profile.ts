import { sha256 } from '../sha256.ts';
import type { Conflict } from './conflicts.ts';
import type { Exemplar } from './exemplars/model.ts';
import type { LinearModel } from './linear.ts';

export type ConceptKind = 'concept' | 'actor' | 'place' | 'negative';

export interface Concept {
  readonly kind: ConceptKind;
  /** The concept in words a reader understands. */
  readonly label: string;
  /** What one finding in the title adds to the evidence (log-odds) where no trained model says it. */
  readonly weight: number;
}

/** Comma-separated terms per concept id; see `addTerms` for the notation. */
export type Terms = Readonly<Record<string, string>>;

/** What a topic means, as data. The engine knows nothing of any topic. */
export interface Profile {
  readonly name: string;
  readonly concepts: Readonly<Record<string, Concept>>;
  /** Terms per language (ISO 639-1); those under `any` (names) count in every language. */
  readonly terms: Readonly<Record<string, Terms>>;
  /** Evidence of an item in which nothing was found (log-odds), without a model. */
  readonly bias: number;
  /** Items that score this much or more are picked. */
  readonly threshold: number;
  /** Trained weights: replace `weight` of the concepts that they know, and `bias`. */
  readonly model?: LinearModel;
  /** What an edition has sections for; without it sections go by country. */
  readonly conflicts: readonly Conflict[];
  /** Articles that more (or less) is wanted of. */
  readonly exemplars: readonly Exemplar[];
}

/** `name@hash`: changes whenever anything that decides changes. */
export function profileVersion(profile: Profile): string {
  const hash = sha256(JSON.stringify(profile));
  return `${profile.name}@${hash.slice(0, 8)}`;
}
