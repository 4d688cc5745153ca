import de from '../../templates/texts/de.json' with { type: 'json' };
import en from '../../templates/texts/en.json' with { type: 'json' };
import es from '../../templates/texts/es.json' with { type: 'json' };
import fr from '../../templates/texts/fr.json' with { type: 'json' };
import nl from '../../templates/texts/nl.json' with { type: 'json' };
import pl from '../../templates/texts/pl.json' with { type: 'json' };
import uk from '../../templates/texts/uk.json' with { type: 'json' };
import type { Cadence } from '../editions/model.ts';
import type { Attribution } from '../selection/model.ts';
import type { Locale } from '../types.ts';

/** One form per plural category that the language has (CLDR); `other` serves for the rest. */
export type Plural = Readonly<{ other: string } & Partial<Record<'one' | 'few' | 'many', string>>>;

interface LetterTexts {
  readonly subject: string;
  readonly preheader: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly button: string;
  readonly note: string;
}

/** What is said when there is no news. */
type Silence = Readonly<Record<'subject' | 'text' | 'preheader', string>>;

/** Everything we say in mails and editions. `{name}` marks a value. */
export interface Texts {
  readonly title: Readonly<Record<Cadence, string>>;
  readonly lead: string;
  readonly elsewhere: string;
  readonly counts: Readonly<Record<'stories' | 'publishers' | 'minutes' | 'feeds' | 'items', Plural>>;
  readonly summary: string;
  readonly chosen: string;
  /** Said when one publisher leads more stories than its share. */
  readonly mostly: string;
  readonly since: Readonly<{ label: string; new: Plural; grown: Plural; ended: Plural; endedList: string }>;
  readonly more: Plural;
  readonly story: Readonly<{
    grown: string;
    alerted: string;
    also: string;
    why: string;
    warning: string;
    event: string;
    attribution: Readonly<Record<Attribution, string>>;
  }>;
  readonly quiet: Readonly<{ partial: string; told: Silence; wish: Silence } & Silence>;
  readonly outage: Silence;
  readonly health: Readonly<{ all: Plural; some: string; silent: string }>;
  readonly colophon: string;
  readonly foot: Readonly<Record<'reason' | 'unsubscribe' | 'preferences' | 'browser' | 'links', string>>;
  readonly letters: Readonly<Record<'confirm' | 'welcome' | 'goodbye', LetterTexts>>;
}

const TEXTS: Readonly<Record<Locale, Texts>> = { nl, en, de, fr, es, pl, uk };

/** The texts of a language. */
export function texts(locale: Locale): Texts {
  return TEXTS[locale];
}

/** Our texts cut at their marks, each once: the even pieces are words, the odd ones names of values. */
const cut = new Map<string, readonly string[]>();

function piecesOf(text: string): readonly string[] {
  const known = cut.get(text);
  if (known) return known;
  const pieces = text.split(/\{(\w+)\}/);
  cut.set(text, pieces);
  return pieces;
}

/** One of our texts with its `{name}` marks replaced; a mark without a value stays, so that tests see it. */
export function say(text: string, values: Readonly<Record<string, string | number>>): string {
  const pieces = piecesOf(text);
  let said = '';
  for (const [index, piece] of pieces.entries()) said += index % 2 === 0 ? piece : (values[piece] ?? `{${piece}}`);
  return said;
}
