import type { EditionStory } from '../editions/model.ts';
import type { Item } from '../feeds/model.ts';
import type { ScoredItem } from '../selection/model.ts';
import type { Instant, Locale } from '../types.ts';
import { cleanLine, shorten } from './escape.ts';
import { countryName, languageName } from './format.ts';
import type { StoryView } from './shapes.ts';
import { say, texts } from './texts.ts';

/** About two lines of the mail's column. */
const EXTRACT_MAX = 190;
const TITLE_MAX = 220;
const PUBLISHER_MAX = 44;
const REASONS_MAX = 3;
const ALSO_MAX = 4;
const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** What its edition means for a story: the language, and how times are written. */
export interface Frame {
  readonly variant: Locale;
  readonly clock: (at: Instant) => string;
}

/** A story as readers see it: the publisher's own words, who else tells it, and why it is here. */
export function storyView(story: EditionStory, frame: Frame): StoryView {
  const { variant } = frame;
  const [first, ...others] = story.items as readonly [ScoredItem, ...ScoredItem[]];
  const { item, decision } = first;
  const labels = texts(variant).story;
  const reasons = reasonsOf(decision);
  return {
    title: shorten(cleanLine(item.title), TITLE_MAX),
    link: item.link,
    ...languageOf(decision.lang, variant),
    extract: extractOf(item),
    publisher: publisherName(item.publisher),
    facts: factsOf(story, first, frame),
    warning: story.contentWarning ? labels.warning : '',
    why: reasons ? say(labels.why, { reasons }) : '',
    alsoBy: labels.also,
    also: alsoOf(first, others, variant),
  };
}

/** The badge marks what is not in the reader's own language; Ukrainian gets three letters, since UK is a country too. */
function languageOf(lang: string, variant: Locale) {
  const known = lang === 'und' ? variant : lang;
  const badge = lang === 'uk' ? 'UKR' : lang.toUpperCase();
  return {
    lang: known,
    dir: RIGHT_TO_LEFT.has(known) ? 'rtl' : 'ltr',
    badge: known === variant ? '' : badge,
    language: languageName(variant, known),
  };
}

/** The start of the publisher's summary, unless it only says the headline again. */
export function extractOf({ title, summary }: Item): string {
  const text = cleanLine(summary).replace(/ ?\.{3,}$/, '…');
  const plain = (words: string) => words.toLowerCase().replace(/[.…]+$/, '');
  const same = text.length < title.length + 4 && plain(text) === plain(cleanLine(title));
  return same ? '' : shorten(text, EXTRACT_MAX);
}

function factsOf(story: EditionStory, { item }: ScoredItem, { variant, clock }: Frame): string {
  const { attribution, grown } = texts(variant).story;
  const [place] = story.places;
  const where = place && placeName(place, variant);
  return [
    clock(item.published ?? item.firstSeen),
    where,
    attribution[story.attribution],
    story.change === 'grown' ? grown : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function placeName({ name, country, precision }: EditionStory['places'][number], variant: Locale): string {
  const land = country ? countryName(variant, country) : '';
  return precision === 3 && land ? land : [cleanLine(name), land].filter(Boolean).join(', ');
}

/** The words that spoke for it, as found: a reason may carry its concept's name in front, which is in English. */
function reasonsOf({ reasons }: ScoredItem['decision']): string {
  const words = reasons
    .filter(({ kind, weight, text }) => weight > 0 && kind !== 'wording' && !text.includes(' + '))
    .map(({ text }) => cleanLine(text.slice(text.lastIndexOf(': ') + 1)));
  return [...new Set(words)].slice(0, REASONS_MAX).join(', ');
}

/** Feeds call themselves by names with a slogan behind. */
function publisherName(name: string): string {
  return shorten(cleanLine(name), PUBLISHER_MAX);
}

/** Each other publisher once, with its best telling. */
function alsoOf(first: ScoredItem, others: readonly ScoredItem[], variant: Locale): StoryView['also'] {
  const byPublisher = Map.groupBy(others, ({ item }) => item.publisher);
  byPublisher.delete(first.item.publisher);
  const shown = [...byPublisher.values()].flatMap(([best]) => best ?? []).slice(0, ALSO_MAX);
  return shown.map(({ item, decision }, index) => {
    const { badge, language } = languageOf(decision.lang, variant);
    const publisher = publisherName(item.publisher);
    return { publisher, badge, language, link: item.link, last: index === shown.length - 1 };
  });
}
