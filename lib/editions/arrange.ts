import { type Conflict, conflictTitle } from '../selection/conflicts.ts';
import type { ScoredItem, Story } from '../selection/model.ts';
import { dominantPublisher, withNovelty } from '../selection/stories/rank.ts';
import type { Instant, Locale } from '../types.ts';
import { type Edits, inEditorsOrder } from './edits.ts';
import { editionId } from './key.ts';
import type { Considered, Edition, EditionKey, EditionStory, FeedHealth, Section } from './model.ts';
import { narrow } from './narrow.ts';
import { compareWith, endedSince, keysOf } from './since.ts';

export interface ArrangeInput {
  readonly key: EditionKey;
  readonly composedAt: Instant;
  readonly sendBy: Instant;
  readonly stories: readonly Story[];
  /** Of the profile; default: those of the built-in one. */
  readonly conflicts?: readonly Conflict[] | undefined;
  readonly considered: readonly Considered[];
  readonly seen: number;
  readonly picked: number;
  readonly previous: readonly Edition[];
  readonly health: FeedHealth;
  readonly maxStories: number;
  /** Keys of items of which alerts were sent. */
  readonly alerted?: ReadonlySet<string>;
  readonly versions: Edition['versions'];
  readonly zone?: string;
  /** What an editor decided beforehand; kept in the edition. */
  readonly edits?: Edits | undefined;
}

/** More sections of one story than these make no calm page: then they share the last one. */
const LONE_MAX = 3;
const WORDS_PER_MINUTE = 220;

/** Lays ranked stories (best first) out as an edition: what is new, the lead, sections by conflict, counts. Pure. */
export function arrange(input: ArrangeInput): Edition {
  const { key, composedAt, sendBy, health, versions, zone } = input;
  const ranked = inEditorsOrder(withNovelty(input.stories, keysOf(input.previous)), input.edits);
  const { stories, left } = narrow(ranked, key.filter);
  const { fresh, told } = compareWith(input.previous, stories);
  const most = Math.min(input.maxStories, key.filter?.maxStories ?? input.maxStories);
  const shown = fresh.slice(0, most).map((story) => marked(inLanguage(story, key.variant), input.alerted));
  const [lead = null, ...rest] = shown;
  const dominant = dominantPublisher(shown);
  return {
    ...key,
    id: editionId(key),
    composedAt,
    sendBy,
    ...(zone ? { zone } : {}),
    lead,
    sections: sectionsOf(rest, (story) => headingOf(story, key.variant, input.conflicts)),
    considered: [
      ...input.considered,
      ...consider(left, 'not wanted'),
      ...told.flatMap((story) => consider(story.items, 'already sent')),
      ...fresh.slice(most).flatMap((story) => consider(story.items, 'below the cap')),
    ],
    ended: endedSince(input.previous[0], input.stories, silencedIn(input)),
    counts: countsOf(input, shown),
    ...(dominant ? { dominant } : {}),
    health,
    quiet: lead === null,
    versions,
    ...(input.edits ? { edits: input.edits } : {}),
  };
}

function marked(story: EditionStory, alerted: ReadonlySet<string> = new Set()): EditionStory {
  return story.items.some(({ item }) => alerted.has(item.key)) ? { ...story, alerted: true } : story;
}

/** Items that only the editor left out: their stories go on, so none of them has ended. */
function silencedIn({ considered }: ArrangeInput): readonly string[] {
  const silenced = ({ why, decision }: Considered) =>
    why === 'hidden by the editor' || (why === 'not picked' && decision.picked);
  return considered.filter(silenced).map(({ key }) => key);
}

/** The reader's language leads: its best telling first, other languages after it, each in their order. */
function inLanguage(story: EditionStory, variant: Locale): EditionStory {
  const [own = [], other = []] = [true, false].map((wanted) =>
    story.items.filter(({ decision }) => (decision.lang === variant) === wanted),
  );
  return { ...story, items: [...own, ...other] };
}

/** The record of items that were left out, and why. */
export function consider(items: readonly ScoredItem[], why: Considered['why']): Considered[] {
  return items.map(({ item, decision }) => ({
    key: item.key,
    title: item.title,
    link: item.link,
    publisher: item.publisher,
    decision,
    why,
  }));
}

/** Sections by conflict, else by country, in the order of their best story; stories keep their rank within them. */
function sectionsOf(stories: readonly EditionStory[], heading: (story: EditionStory) => string): readonly Section[] {
  const groups = [...Map.groupBy(stories, heading)];
  const lone = groups.filter(([title, { length }]) => title && length === 1);
  const scattered = lone.length > LONE_MAX ? new Set(lone.map(([title]) => title)) : new Set<string>();
  const stays = (title: string) => title !== '' && !scattered.has(title);
  const others = stories.filter((story) => !stays(heading(story)));
  return [
    ...groups.filter(([title]) => stays(title)).map(([title, group]) => ({ title, stories: group })),
    ...(others.length > 0 ? [{ title: '', stories: others }] : []),
  ];
}

function headingOf(
  { conflict, places: [place] }: EditionStory,
  locale: Locale,
  conflicts?: readonly Conflict[],
): string {
  const title = conflict && conflictTitle(conflict, locale, conflicts);
  if (title || !place?.country) return title || '';
  return new Intl.DisplayNames(locale, { type: 'region' }).of(place.country) ?? place.country;
}

function countsOf(input: ArrangeInput, shown: readonly EditionStory[]): Edition['counts'] {
  const publishers = new Set(shown.flatMap((story) => story.items.map(({ item }) => item.publisher)));
  return {
    items: input.seen,
    picked: input.picked,
    stories: shown.length,
    publishers: publishers.size,
    readMinutes: Math.max(1, Math.ceil(wordsIn(shown) / WORDS_PER_MINUTE)),
  };
}

function wordsIn(stories: readonly EditionStory[]): number {
  const texts = stories.map(
    ({ items: [first] }) => `${first?.item.title ?? ''} ${first?.item.summary.slice(0, 180) ?? ''}`,
  );
  return texts.join(' ').split(/\s+/).length;
}
