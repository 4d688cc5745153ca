/** Words that every folder shares. Nothing here does anything. */

/** The current time. Passed in, so that a test or `--now` can fix it. */
export type Clock = () => Date;

/** An instant as ISO 8601 in UTC with milliseconds, e.g. `2026-11-23T06:00:00.000Z`. */
export type Instant = string;

/** A language of the texts we write ourselves: BCP 47 primary subtag. */
export type Locale = 'nl' | 'en' | 'de' | 'fr' | 'es' | 'pl' | 'uk';

export const LOCALES: readonly Locale[] = ['nl', 'en', 'de', 'fr', 'es', 'pl', 'uk'];

/**
 * What readers want to see of the news; absent parts: everything. The same wish is written the same way: see
 * `filterOf`.
 */
export interface Filter {
  /** Languages of the sources, ISO 639-1, sorted. */
  readonly languages?: readonly string[];
  /** Ids of conflicts, sorted; `other` stands for stories of none of them. */
  readonly conflicts?: readonly string[];
  readonly maxStories?: number;
}

/** One page of a listing. A page may be empty and still have a `next`: only an absent `next` is the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** How far a long job is; the CLI draws it, Lambda ignores it. */
export type Progress = (step: string, done: number, total: number) => void;
