import { createFinder, foldItem } from '../features.ts';
import { detectLanguage } from '../language.ts';
import type { Profile } from '../profile.ts';
import { rarityInNews } from '../stories/weights.ts';
import { fold, isIdeograph } from '../text.ts';
import type { Exemplar } from './model.ts';
import { namesIn } from './names.ts';
import { conceptWeight, nameWeight } from './weights.ts';

export interface Article {
  readonly title: string;
  /** All of it, or what the feed gives. */
  readonly text: string;
}

/** An article says what it is about early. */
const LOOKED_AT = 20_000;
const CHUNK = 600;
const MOST_TERMS = 24;
const MOST_NAMES = 12;
/** What has less than this share of the greatest says nothing about the article. */
const LEAST = 0.2;
/** Letters of a word that its forms share, as in the statistics of news. */
const STEM = 6;
const SHORTEST = 4;

/** Turns an article into an exemplar: its concepts, names and rare words with what each counts; its text is not kept. */
export function makeExemplar(
  profile: Profile,
  article: Article,
  about: Pick<Exemplar, 'negative' | 'source'> & { readonly name?: string },
): Exemplar {
  const text = article.text.slice(0, LOOKED_AT);
  const lang = detectLanguage(`${article.title} ${text}`);
  const whole = `${fold(article.title)}${fold(text)}`;
  const concepts = shares(weighed(conceptsOf(profile, article.title, text, lang), conceptWeight(profile)));
  const names = shares(weighed(namesIn(whole), nameWeight), MOST_NAMES);
  const { negative, source } = about;
  const terms = shares(termsOf(whole, lang), MOST_TERMS);
  return { name: about.name ?? nameFor(names, concepts), negative, strength: 1, source, lang, concepts, names, terms };
}

/** Findings look at the start of a summary only, so a long text is looked at in pieces. */
function conceptsOf(profile: Profile, title: string, text: string, lang: string): string[] {
  const find = createFinder(profile);
  const pieces = [title, ...(text.match(new RegExp(`[^]{1,${CHUNK}}(?:\\s|$)`, 'g')) ?? [])];
  const found = pieces.flatMap((summary) => find(foldItem({ title: '', summary }), lang));
  return found.flatMap(({ feature, concept }) => (concept && feature.startsWith('body:') ? [concept] : []));
}

/** Rarer than the commonest words of the article itself, whatever share of all news its language has. */
function termsOf(text: string, lang: string): Map<string, number> {
  const rare = (stem: string) => rarityInNews(`w:${lang}${stem.replace('*', '')}`);
  const stems = text.split(' ').flatMap(stemsOf);
  const common = Math.min(...stems.map(rare));
  return weighed(stems, (stem) => rare(stem) - common);
}

function stemsOf(word: string): string[] {
  if (isIdeograph(word.charCodeAt(0)))
    return Array.from({ length: Math.max(0, word.length - 1) }, (_, i) => word.slice(i, i + 2));
  if (word.length < SHORTEST || /\d/.test(word)) return [];
  return [word.length > STEM ? `${word.slice(0, STEM)}*` : word];
}

/** Each thing with the square root of how often it is there, times its weight. */
function weighed(things: readonly string[], weight: (thing: string) => number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return new Map([...counts].map(([thing, count]) => [thing, Math.sqrt(count) * weight(thing)]));
}

/** The greatest first, as shares of the greatest, without what is too small. */
function shares(weights: ReadonlyMap<string, number>, most = Number.POSITIVE_INFINITY): Record<string, number> {
  const greatest = Math.max(...weights.values());
  const kept = [...weights]
    .map(([id, weight]) => [id, Math.round((100 * weight) / greatest) / 100] as const)
    .filter(([, share]) => share >= LEAST)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return Object.fromEntries(kept.slice(0, most));
}

/** Made of what it is about most: `kharkiv-occupation`. */
function nameFor(names: Exemplar['names'], concepts: Exemplar['concepts']): string {
  const words = [...Object.keys(names).slice(0, 2), ...Object.keys(concepts).slice(0, 1)];
  const slug = words
    .join('-')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return slug.replace(/^-|-$/g, '') || 'article';
}
