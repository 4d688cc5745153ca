import type { Decision, Story } from '../selection/model.ts';
import type { Filter, Instant, Locale } from '../types.ts';
import type { Edits } from './edits.ts';
import type { EditionWords } from './words.ts';

export type Cadence = 'daily' | 'weekly' | 'breaking';

/** A reader's appointment: the digest of this cadence at this local hour in this IANA zone. */
export interface Slot {
  readonly cadence: Exclude<Cadence, 'breaking'>;
  readonly zone: string;
  /** 0..23 */
  readonly hour: number;
}

/** What makes two triggers the same edition: never the time at which the code happened to run. */
export interface EditionKey {
  readonly publication: string;
  readonly cadence: Cadence;
  /** The language of our own texts. */
  readonly variant: Locale;
  /** What its readers want to see; absent: everything. */
  readonly filter?: Filter;
  readonly dueAt: Instant;
  /** Alerts only: which of its day (UTC) it is, from 0. They have no appointment, so this and not the time is their name. */
  readonly serial?: number;
}

/** An item that was looked at and left out, with what was missing. */
export interface Considered {
  readonly key: string;
  readonly title: string;
  readonly link: string | null;
  readonly publisher: string;
  readonly decision: Decision;
  readonly why: 'not picked' | 'not wanted' | 'below the cap' | 'already sent' | 'too old' | 'hidden by the editor';
}

export interface Section {
  /** The conflict or country that its stories are about, in the edition's language; empty for all other stories. */
  readonly title: string;
  readonly stories: readonly EditionStory[];
}

export interface EditionStory extends Story {
  readonly change: 'new' | 'grown';
  /** Readers who asked for alerts were told when it happened. */
  readonly alerted?: true;
}

export interface FeedHealth {
  readonly total: number;
  readonly healthy: number;
  /** Publishers that could not be read, for the reader. */
  readonly silent: readonly string[];
}

/** One composed digest. Frozen: nothing in it is ever computed again. */
export interface Edition extends EditionKey {
  /** See `editionId`: letters, digits, `-` and `_` only (it travels as an SES tag). */
  readonly id: string;
  readonly composedAt: Instant;
  /** After this instant no further mail of this edition leaves. */
  readonly sendBy: Instant;
  /** IANA zone in which times are shown. Default: UTC. */
  readonly zone?: string;
  readonly lead: EditionStory | null;
  readonly sections: readonly Section[];
  readonly considered: readonly Considered[];
  /** Stories of the previous edition that nobody reported on since. */
  readonly ended: readonly { readonly id: string; readonly title: string }[];
  readonly counts: {
    readonly items: number;
    readonly picked: number;
    readonly stories: number;
    readonly publishers: number;
    readonly readMinutes: number;
  };
  /** Publisher that leads more of the stories than its share, because no other had any; absent: none does. */
  readonly dominant?: string;
  readonly health: FeedHealth;
  /** Nothing passed the quality floor. */
  readonly quiet: boolean;
  readonly versions: { readonly profile: string; readonly config: string; readonly code: string };
  /** What an editor changed; absent: nothing. */
  readonly edits?: Edits;
  /** What it says; absent while it is a draft, and in editions of older programs: then it is said anew. */
  readonly words?: EditionWords;
}

export type EditionStatus = 'composed' | 'planned' | 'closed';
