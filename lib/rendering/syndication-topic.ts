import type { EditionStory } from '../editions/model.ts';
import { conflictIds, conflictTitle } from '../selection/conflicts.ts';
import { knownPlaces } from '../selection/stories/places.ts';
import type { Locale } from '../types.ts';
import { countryName } from './format.ts';

/** What a feed can be about: a conflict or a place. */
export interface Topic {
  /** As in the feed's address: a conflict's id, a country's two letters, or a town's or region's name in Latin letters. */
  readonly id: string;
  readonly title: string;
  has(story: EditionStory): boolean;
}

const COUNTRY = 3;

/** The topics that the archive lists; towns and regions have feeds too, but are too many to list. */
export function listedTopics(locale: Locale): {
  readonly conflicts: readonly Topic[];
  readonly countries: readonly Topic[];
} {
  const byTitle = (a: Topic, b: Topic) => a.title.localeCompare(b.title, locale);
  const countries = new Set(knownPlaces().map(({ country }) => country));
  return {
    conflicts: conflictIds().map((id) => conflictTopic(id, locale)),
    countries: [...countries].map((code) => countryTopic(code, locale)).toSorted(byTitle),
  };
}

/** The topic of this id; undefined when there is none, whatever a visitor wrote. */
export function topicOf(id: string, locale: Locale): Topic | undefined {
  if (conflictIds().includes(id)) return conflictTopic(id, locale);
  const place = knownPlaces().find(({ name, country, precision }) => {
    return country.toLowerCase() === id || (precision !== COUNTRY && slugOf(name) === id);
  });
  if (!place) return undefined;
  return place.country.toLowerCase() === id ? countryTopic(place.country, locale) : townTopic(place.name);
}

/** `Port Sudan` as `port-sudan` */
export function slugOf(name: string): string {
  const latin = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return latin.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function conflictTopic(id: string, locale: Locale): Topic {
  return { id, title: conflictTitle(id, locale) ?? id, has: ({ conflict }) => conflict === id };
}

function countryTopic(code: string, locale: Locale): Topic {
  const has = ({ places }: EditionStory) => places.some(({ country }) => country === code);
  return { id: code.toLowerCase(), title: countryName(locale, code), has };
}

function townTopic(name: string): Topic {
  return { id: slugOf(name), title: name, has: ({ places }) => places.some((place) => place.name === name) };
}
