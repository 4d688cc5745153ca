/**
 * What an edition says, in its language: made once and frozen with it, so that the mail, its page, the feeds and a replay
 * say the same, also when our texts or the platform's names and dates (`Intl`) change. Plain text, cleaned and cut, not
 * escaped; empty where nothing is said. A name added later is optional here: editions frozen before lack it.
 */
export interface EditionWords {
  readonly lang: string;
  readonly dir: string;
  readonly subject: string;
  readonly preheader: string;
  readonly dateline: string;
  readonly summary: string;
  readonly since: string;
  readonly ended: string;
  /** Instead of stories: why there are none. */
  readonly notice: string;
  /** One story, or none. */
  readonly lead: readonly StoryWords[];
  readonly leadLabel: string;
  readonly sections: readonly { readonly title: string; readonly stories: readonly StoryWords[] }[];
  readonly health: string;
  readonly colophon: string;
  /** Why somebody receives it; `{name}` marks the publication's. */
  readonly reason: string;
  readonly unsubscribe: string;
  readonly preferences: string;
  readonly browser: string;
  /** Heading of the text part's footnotes. */
  readonly links: string;
}

/** Who tells it, with the language where it is not the edition's. */
export interface SourceWords {
  readonly publisher: string;
  readonly language: string;
  readonly link: string | null;
}

export interface StoryWords extends SourceWords {
  readonly title: string;
  /** Of title and extract. */
  readonly lang: string;
  readonly dir: string;
  readonly extract: string;
  /** When, where, how sure. */
  readonly facts: string;
  readonly warning: string;
  readonly why: string;
  readonly alsoBy: string;
  readonly also: readonly (SourceWords & { readonly last: boolean })[];
}

/** What an edition says of its stories, in the order of `storiesOf`. */
export function storiesSaid({ lead, sections }: Pick<EditionWords, 'lead' | 'sections'>): readonly StoryWords[] {
  return [...lead, ...sections.flatMap(({ stories }) => stories)];
}
