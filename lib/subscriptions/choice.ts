import { DAY, MINUTE } from '../time.ts';
import type { Filter, Instant, Locale } from '../types.ts';
import type { Preferences } from './model.ts';

/** What decides which edition a reader gets: readers with the same choice share one. */
export interface Choice {
  readonly locale: Locale;
  /** Absent: everything. */
  readonly filter?: Filter;
}

/** A choice as it was before a change: it holds for editions due before `until`. */
export interface EarlierChoice extends Choice {
  readonly until: Instant;
}

/** An index may show an old choice for this long: what is due meanwhile goes by the old one wherever it is read. */
const LAG = MINUTE;
/** No edition is looked for or sent for longer after it was due. */
const KEPT_FOR = 4 * DAY;
const MOST_KEPT = 12;

/**
 * The choice that counts for an edition due at `dueAt`. A change counts for what is due after it, never for what was
 * due before: whoever looks, and however often the reader changes their mind meanwhile, one reader belongs to one
 * edition of a due moment.
 */
export function choiceAt({ locale, filter, earlier = [] }: Preferences, dueAt: Instant): Choice {
  const then = earlier.findLast(({ until }) => dueAt < until) ?? { locale, filter };
  return { locale: then.locale, ...(then.filter && { filter: then.filter }) };
}

/** New preferences that remember, as long as it matters, which choice they took the place of (newest first). */
export function rememberChoice(before: Preferences, wanted: Preferences, now: Instant): Preferences {
  const { earlier: _given, ...rest } = wanted;
  const at = Date.parse(now);
  const kept = (before.earlier ?? []).filter(({ until }) => at - Date.parse(until) < KEPT_FOR);
  const { locale, filter } = before;
  const last = { until: new Date(at + LAG).toISOString(), locale, ...(filter && { filter }) };
  const earlier = isSameChoice(before, wanted) ? kept : [last, ...kept].slice(0, MOST_KEPT);
  return { ...rest, ...(earlier.length > 0 && { earlier }) };
}

function isSameChoice(a: Choice, b: Choice): boolean {
  const name = ({ locale, filter = {} }: Choice) =>
    JSON.stringify([locale, filter.languages, filter.conflicts, filter.maxStories]);
  return name(a) === name(b);
}

/** One spelling per wish: sorted, without repetition, and without parts that let everything through. */
export function filterOf(wish: {
  readonly languages: readonly string[];
  readonly conflicts: readonly string[];
  readonly maxStories?: number;
}): Filter | undefined {
  const sorted = (values: readonly string[]) => [...new Set(values)].toSorted();
  const filter: Filter = {
    ...(wish.languages.length > 0 && { languages: sorted(wish.languages) }),
    ...(wish.conflicts.length > 0 && { conflicts: sorted(wish.conflicts) }),
    ...(wish.maxStories && { maxStories: wish.maxStories }),
  };
  return Object.keys(filter).length > 0 ? filter : undefined;
}
