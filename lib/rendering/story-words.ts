import type { EditionStory } from '../editions/model.ts';
import type { StoryWords } from '../editions/words.ts';
import type { Item } from '../feeds/model.ts';
import type { ScoredItem } from '../selection/model.ts';
import { wordsFor } from '../selection/reason-line.ts';
import type { Instant, Locale } from '../types.ts';
import { cleanLine, safeLink, shorten } from './escape.ts';
import { countryName, directionOf, languageName, perLocale, shortDate } from './format.ts';
import { say, texts } from './texts.ts';

/** About two lines of the mail's column. */
const EXTRACT_MAX = 190;
const TITLE_MAX = 220;
const PUBLISHER_MAX = 44;
const REASONS_MAX = 3;
const ALSO_MAX = 4;

/** What its edition means for a story: the language, and how times are written. */
export interface Frame {
  readonly variant: Locale;
  readonly clock: (at: Instant) => string;
}

/** A story as readers see it: the publisher's own words, who else tells it, and why it is here. */
export function storyWords(story: EditionStory, frame: Frame): StoryWords {
  const { variant } = frame;
  const { item, decision } = story.items[0] as ScoredItem;
  const labels = texts(variant).story;
  const reasons = reasonsOf(decision);
  const speech = speechOf(variant, decision.lang);
  return {
    title: shorten(titleOf(item), TITLE_MAX),
    link: linkOf(item),
    lang: speech.lang,
    dir: speech.dir,
    language: speech.language,
    extract: extractOf(item),
    publisher: publisherName(item.publisher),
    facts: factsOf(story, item, frame),
    warning: story.contentWarning ? labels.warning : '',
    why: reasons === '' ? '' : say(labels.why, { reasons }),
    alsoBy: labels.also,
    also: alsoOf(story.items, variant),
  };
}

/** The language is named where it is not the reader's own: in words, since UK, AR or SV are countries to most people. */
const speechOf = perLocale((variant, lang) => {
  const known = lang === 'und' ? variant : lang;
  return { lang: known, dir: directionOf(known), language: known === variant ? '' : languageName(variant, known) };
});

const linkOf = ({ link }: Item): string | null => (link && safeLink(link)) || null;

/** A headline of nothing that can be seen gives way to its publisher's name: a link needs words. */
export const titleOf = ({ title, publisher }: Item): string => cleanLine(title) || cleanLine(publisher) || '—';

/** The start of the publisher's summary, unless it only says the headline again. */
export function extractOf({ title, summary }: Item): string {
  const clean = cleanLine(summary);
  const text = clean.endsWith('...') ? clean.replace(/ ?\.{3,}$/, '…') : clean;
  const plain = (words: string) => words.toLowerCase().replace(/[.…]+$/, '');
  const same = text.length < title.length + 4 && plain(text) === plain(cleanLine(title));
  return same ? '' : shorten(text, EXTRACT_MAX);
}

function factsOf(story: EditionStory, item: Item, { variant, clock }: Frame): string {
  const { attribution, grown, alerted } = texts(variant).story;
  const place = story.places[0];
  const where = place ? ` · ${placeName(place, variant)}` : '';
  const published = item.published ?? item.firstSeen;
  const told = `${clock(published)}${where}${eventOf(story, published, variant)} · ${attribution[story.attribution]}`;
  const changed = story.change === 'grown' ? `${told} · ${grown}` : told;
  return story.alerted ? `${changed} · ${alerted}` : changed;
}

/** The day of the event, where an item says and it is not the day of the report. */
function eventOf({ time }: EditionStory, published: Instant, variant: Locale): string {
  if (!time || (time.precision !== 'hour' && time.precision !== 'day')) return '';
  if (time.at.slice(0, 10) === published.slice(0, 10)) return '';
  return ` · ${say(texts(variant).story.event, { date: shortDate(variant, time.at) })}`;
}

function placeName({ name, country, precision }: EditionStory['places'][number], variant: Locale): string {
  const land = country ? countryName(variant, country) : '';
  if (precision === 3 && land) return land;
  return land ? `${cleanLine(name)}, ${land}` : cleanLine(name);
}

/** The words that spoke for it, as found: a reason may carry its concept's name in front, which is in English. */
function reasonsOf(decision: ScoredItem['decision']): string {
  return wordsFor(decision, REASONS_MAX).map(cleanLine).join(', ');
}

/** Feeds call themselves by names with a slogan behind. */
const publisherName = (name: string): string => shorten(cleanLine(name), PUBLISHER_MAX);

/** Each other publisher once, with its best telling. */
function alsoOf(items: readonly ScoredItem[], variant: Locale): StoryWords['also'] {
  const others: ScoredItem[] = [];
  for (const entry of items) {
    const { publisher } = entry.item;
    if (publisher === items[0]?.item.publisher || others.some((other) => other.item.publisher === publisher)) continue;
    others.push(entry);
    if (others.length === ALSO_MAX) break;
  }
  return others.map(({ item, decision }, index) => ({
    publisher: publisherName(item.publisher),
    language: speechOf(variant, decision.lang).language,
    link: linkOf(item),
    last: index === others.length - 1,
  }));
}
