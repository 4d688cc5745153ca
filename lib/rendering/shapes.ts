/**
 * What each template may say: names and kinds. The compiler refuses a template that uses anything else, and the views are
 * typed by the same table. `text` stands in text and quoted attributes, `link` only in href, `flag` only in {{#if}}; a
 * list is looped over with {{#each}}.
 */
type Kind = 'text' | 'link' | 'flag';

export interface Shape {
  readonly [name: string]: Kind | readonly [Shape];
}

export type ViewOf<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends 'text'
    ? string
    : S[K] extends 'link'
      ? string | null
      : S[K] extends 'flag'
        ? boolean
        : S[K] extends readonly [infer T extends Shape]
          ? readonly ViewOf<T>[]
          : never;
};

const source = { publisher: 'text', language: 'text', link: 'link', last: 'flag' } as const;

const story = {
  title: 'text',
  link: 'link',
  lang: 'text',
  dir: 'text',
  extract: 'text',
  publisher: 'text',
  language: 'text',
  facts: 'text',
  warning: 'text',
  why: 'text',
  alsoBy: 'text',
  also: [source],
} as const satisfies Shape;

const section = { title: 'text', stories: [story] } as const satisfies Shape;

/** What every message shows around its own content. */
const frame = {
  lang: 'text',
  dir: 'text',
  subject: 'text',
  preheader: 'text',
  name: 'text',
  siteUrl: 'link',
} as const satisfies Shape;

const digest = {
  ...frame,
  dateline: 'text',
  summary: 'text',
  since: 'text',
  ended: 'text',
  notice: 'text',
  lead: [story],
  leadLabel: 'text',
  sections: [section],
  more: 'text',
  pageUrl: 'link',
  health: 'text',
  colophon: 'text',
  reason: 'text',
  contact: 'text',
  unsubscribe: 'text',
  preferences: 'text',
  browser: 'text',
  links: 'text',
} as const satisfies Shape;

const letter = {
  ...frame,
  title: 'text',
  paragraphs: [{ text: 'text' }],
  button: 'text',
  action: 'link',
  note: 'text',
  contact: 'text',
  unsubscribe: 'text',
  preferences: 'text',
} as const satisfies Shape;

const alert = {
  ...frame,
  title: 'text',
  paragraphs: [{ text: 'text' }],
  adviceLabel: 'text',
  advice: [{ text: 'text' }],
  link: 'text',
  action: 'link',
  note: 'text',
} as const satisfies Shape;

export const SHAPES = { digest, confirm: letter, welcome: letter, goodbye: letter, alert } as const;

export type TemplateName = keyof typeof SHAPES;
export type StoryView = ViewOf<typeof story>;
export type DigestView = ViewOf<typeof digest>;
export type LetterView = ViewOf<typeof letter>;
export type AlertView = ViewOf<typeof alert>;
