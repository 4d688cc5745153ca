import { HOUR } from '../../time.ts';
import type { Instant } from '../../types.ts';
import type { ScoredItem, Story } from '../model.ts';
import { round } from '../round.ts';
import { time } from './sources.ts';

/** What each part counts; they add up to 1, and the score of a story is their weighted sum. */
const SHARES = { severity: 0.35, corroboration: 0.25, recency: 0.15, novelty: 0.15, relevance: 0.1 } as const;
/** Families beyond which further ones add nothing. */
const ENOUGH_FAMILIES = 6;
/** After this many hours recency is halved. */
const HALF_LIFE_HOURS = 18;
/** Of the stories of any head of the list, one family leads at most this share, and always two. */
const FAMILY_SHARE = 0.34;
const FAMILY_LEAST = 2;

type Parts = Readonly<Record<keyof typeof SHARES, number>>;

/**
 * Score of a story, 0..1, with its parts (each 0..1):
 * severity = how much speaks for the topic's heaviest concepts in its best item; corroboration = log2 of the
 * independent families, 1 at six; recency = halved every 18 hours since the newest item; novelty = 1 (see `withNovelty`);
 * relevance = best item's score.
 */
export function rankStory(items: readonly ScoredItem[], families: number, now: Instant): Story['rank'] {
  const newest = Math.max(...items.map((item) => Date.parse(time(item))));
  const hours = Math.max(0, (Date.parse(now) - newest) / HOUR);
  const parts: Parts = {
    severity: Math.max(...items.map(severity)),
    corroboration: Math.min(1, Math.log2(1 + families) / Math.log2(1 + ENOUGH_FAMILIES)),
    recency: Number.isFinite(hours) ? 0.5 ** (hours / HALF_LIFE_HOURS) : 0,
    novelty: 1,
    relevance: Math.max(...items.map(({ decision }) => decision.score)),
  };
  const score = Object.entries(SHARES).reduce((sum, [part, share]) => sum + share * parts[part as keyof Parts], 0);
  const rounded = Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, round(value, 3)]));
  return { score: round(score, 3), parts: rounded };
}

/** 0..1, rising with the weight of the concepts (not names) found: 0.63 at a weight of 4. */
function severity({ decision }: ScoredItem): number {
  const weight = decision.reasons.reduce(
    (sum, reason) => sum + (reason.kind === 'concept' ? Math.max(0, reason.weight) : 0),
    0,
  );
  return 1 - Math.exp(-weight / 4);
}

/**
 * Ranks stories against what readers were already told: novelty is the share of a story's items that no earlier edition
 * had. Stories that nothing was told of keep their score.
 * @param told keys of the items of earlier editions
 */
export function withNovelty(stories: readonly Story[], told: ReadonlySet<string>): readonly Story[] {
  if (told.size === 0) return stories;
  return rankStories(
    stories.map((story) => {
      const { score, parts } = story.rank;
      const novelty = round(story.items.filter(({ item }) => !told.has(item.key)).length / story.items.length, 3);
      const lost = SHARES.novelty * (1 - novelty);
      return novelty === 1
        ? story
        : { ...story, rank: { score: round(score - lost, 3), parts: { ...parts, novelty } } };
    }),
  );
}

/**
 * Best first, but no publisher family leads more than a third of any head of the list (and at least two) while another
 * family has a story left.
 */
export function rankStories(stories: readonly Story[]): Story[] {
  const waiting = [...stories].sort((a, b) => b.rank.score - a.rank.score || (a.id < b.id ? -1 : 1));
  const led = new Map<string, number>();
  const ranked: Story[] = [];
  while (waiting.length > 0) {
    const allowed = Math.max(FAMILY_LEAST, Math.ceil((ranked.length + 1) * FAMILY_SHARE));
    const next = waiting.findIndex((story) => (led.get(leader(story)) ?? 0) < allowed);
    const [story] = waiting.splice(Math.max(0, next), 1);
    if (!story) break;
    led.set(leader(story), (led.get(leader(story)) ?? 0) + 1);
    ranked.push(story);
  }
  return ranked;
}

/** The publisher whose family leads more of the given stories than its share, for want of others; undefined for none. */
export function dominantPublisher(stories: readonly Story[]): string | undefined {
  const most = Math.max(FAMILY_LEAST, Math.ceil(stories.length * FAMILY_SHARE));
  const [story] = [...Map.groupBy(stories, leader).values()].find(({ length }) => length > most) ?? [];
  return story?.items[0]?.item.publisher;
}

function leader(story: Story): string {
  return story.items[0]?.item.family ?? '';
}
