import type { ScoredItem, Story } from '../selection/model.ts';
import { independentFamilies } from '../selection/stories/sources.ts';
import { MINUTE } from '../time.ts';
import type { Instant } from '../types.ts';

/** What a story must be for an alert. */
export interface Bar {
  /** Independent publisher families, not controlled by a state ... */
  readonly families: number;
  /** ... that reported it within so many minutes of its first report. */
  readonly withinMinutes: number;
  /** Least severity, 0..1 (a part of its rank). */
  readonly severity: number;
}

/** A tick may be late or missed: so long after the minutes of the bar an alert is still worth sending. */
const GRACE_MINUTES = 45;

/**
 * The best ranked story that is over the bar, young enough, and not `told` in an alert before. A story is known by its
 * items: its id may change when an earlier report turns up.
 */
export function breakingStory(
  stories: readonly Story[],
  context: { readonly bar: Bar; readonly now: Instant; readonly told: ReadonlySet<string> },
): Story | undefined {
  const { bar, now, told } = context;
  return stories.find((story) => {
    const first = Math.min(...story.items.map(timeOf));
    const age = Date.parse(now) - first;
    if (age > (bar.withinMinutes + GRACE_MINUTES) * MINUTE) return false;
    if ((story.rank.parts.severity ?? 0) < bar.severity || story.items.some(({ item }) => told.has(item.key)))
      return false;
    const early = story.items.filter((entry) => timeOf(entry) - first <= bar.withinMinutes * MINUTE);
    return independentFamilies(early.filter(isWitness)).length >= bar.families;
  });
}

/** When an item was published, as far as that can be believed: never later than we saw it. */
function timeOf({ item: { published, firstSeen } }: ScoredItem): number {
  return Math.min(Date.parse(published ?? firstSeen), Date.parse(firstSeen));
}

/** Without a date nobody knows whether it is new: after an outage of ours, old reports are first seen just now. */
function isWitness({ item: { published, control } }: ScoredItem): boolean {
  return published !== null && control !== 'state';
}
