/**
 * An example article as data that a person can read and edit: what it was about, not its text. Shares are 0..1, each
 * group's greatest is 1.
 */
export interface Exemplar {
  /** Small letters, digits and `-`: the name of its file. */
  readonly name: string;
  /** Like this is not wanted. */
  readonly negative: boolean;
  /** How far it moves scores: 1 as far as exemplars may. */
  readonly strength: number;
  /** Where the article was read: an address, or a file's name. */
  readonly source: string;
  /** ISO 639-1; its words count for items of this language only, the rest for all. */
  readonly lang: string;
  /** Ids of the profile's concepts. */
  readonly concepts: Readonly<Record<string, number>>;
  /** Places and people, by the name that they have in every language. */
  readonly names: Readonly<Record<string, number>>;
  /** Words of the article that are rare in other news, in the notation of terms (`bezett*`). */
  readonly terms: Readonly<Record<string, number>>;
}
