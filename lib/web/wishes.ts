import { type Conflict, conflictIds, conflictTitle } from '../selection/conflicts.ts';
import { filterOf } from '../subscriptions/choice.ts';
import type { Preferences } from '../subscriptions/model.ts';
import type { Locale } from '../types.ts';

/** What readers may choose from, as far as it depends on the publication. */
export interface WishOffer {
  /** Languages that the feeds are written in, ISO 639-1. */
  readonly languages: readonly string[];
  /** The profile's own; default: those of the built-in profile. */
  readonly conflicts?: readonly Conflict[];
  /** Only where alerts are sent at all. */
  readonly breaking?: {
    readonly maxPerDay: number;
    readonly quietHours: { readonly from: number; readonly to: number };
  };
}

/** Stories for a stranger, a commuter and a Sunday. */
export const MOST_STORIES = [3, 5, 10, 15] as const;

/** The part of the preferences that the wishes are in. */
export type Wish = Pick<Preferences, 'filter' | 'textOnly' | 'breaking'>;

type Fields = Readonly<Record<string, string>>;

/**
 * The wishes in a form; what the reader has now where the form has no such part (its mark is the field `wish`). What is
 * not on offer, or was not already theirs, is left out: nobody can make up editions of their own.
 */
export function readWish(fields: Fields, offer: WishOffer | undefined, own?: Wish): Wish {
  if (fields.wish === undefined) return wishOf(own);
  const { filter: had } = own ?? {};
  const chosen = (name: string, known: readonly string[]) =>
    (fields[name] ?? '').split(',').filter((value) => known.includes(value));
  const most = [...MOST_STORIES, had?.maxStories].find((count) => String(count) === fields.maxStories);
  const filter = filterOf({
    languages: chosen('languages', [...(offer?.languages ?? []), ...(had?.languages ?? [])]),
    conflicts: chosen('conflicts', [...conflictChoices(offer), ...(had?.conflicts ?? [])]),
    ...(most && { maxStories: most }),
  });
  return wishOf({
    ...(filter && { filter }),
    ...(fields.textOnly === 'on' && { textOnly: true }),
    ...(offer?.breaking && fields.breaking === 'on' && { breaking: true }),
  });
}

function wishOf({ filter, textOnly, breaking }: Wish = {}): Wish {
  return { ...(filter && { filter }), ...(textOnly && { textOnly }), ...(breaking && { breaking }) };
}

/** Ids of the conflicts on offer; `other` is for stories of none. */
export function conflictChoices(offer?: WishOffer): readonly string[] {
  const ids = conflictIds(offer?.conflicts);
  return ids.length > 0 ? [...ids, 'other'] : [];
}

/** A conflict's name; its id where the profile has no name in this language. */
export function conflictName(id: string, locale: Locale, offer?: WishOffer): string {
  return conflictTitle(id, locale, offer?.conflicts) ?? id;
}
