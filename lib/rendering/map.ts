import type { Edition, EditionStory } from '../editions/model.ts';
import { storiesOf } from '../editions/since.ts';
import type { Place } from '../selection/model.ts';
import { knownPlaces } from '../selection/stories/places.ts';
import type { Locale } from '../types.ts';
import { countryName } from './format.ts';
import { borders, land, whole } from './map/ground.ts';
import { boxAround, type Label, labelAt, labelBeside, type Room } from './map/labels.ts';
import type { Point } from './map/polyline.ts';
import { type MapView, viewOf } from './map/view.ts';

/** A place that an edition names, with the stories that happen there in the edition's order. */
export interface MapPlace {
  readonly place: Place;
  /** `Kharkiv, Ukraine` in the edition's language; a country alone by its own name. */
  readonly name: string;
  readonly stories: readonly EditionStory[];
}

const COUNTRY = 3;
/** Size of letters in units of the map, which is 800 wide. */
const LETTERS = 26;
const MOST_LABELS = 10;
const MOST_LANDS = 12;
/** Degrees from the outermost town. */
const FAR = 20;

/** The places of an edition, those with most stories first. */
export function placesIn(edition: Edition): readonly MapPlace[] {
  const told = storiesOf(edition).flatMap((story) => story.places.map((place) => ({ place, story })));
  const byName = Map.groupBy(told, ({ place }) => `${place.name} ${place.country}`);
  return [...byName.values()]
    .flatMap((entries) => {
      const [first] = entries;
      if (!first) return [];
      return [
        { place: first.place, name: nameOf(first.place, edition.variant), stories: entries.map(({ story }) => story) },
      ];
    })
    .sort((a, b) => b.stories.length - a.stories.length);
}

function nameOf({ name, country, precision }: Place, locale: Locale): string {
  const land = country ? countryName(locale, country) : '';
  return precision === COUNTRY ? land || name : [name, land].filter(Boolean).join(', ');
}

/** What a picture of the map is made of, in units of its own. */
export interface MapDrawing {
  readonly width: number;
  readonly height: number;
  /** SVG path data of the land and of the borders on it. */
  readonly land: string;
  readonly border: string;
  readonly dots: readonly { readonly at: Point; readonly radius: number; readonly ring: boolean }[];
  /** Names of dots, and of countries around to find one's way by. */
  readonly towns: readonly Label[];
  readonly lands: readonly Label[];
}

/**
 * The places as dots on coastlines and borders. Towns and regions are dots, countries rings; the area of a dot grows with
 * its stories. A country far from all towns is left to the list: its middle says little, and would make the map of
 * everything else small.
 */
export function drawMap(all: readonly MapPlace[], locale: Locale): MapDrawing {
  const places = nearby(all);
  const view = viewOf(places.map(({ place }) => pointOf(place)));
  const { width, height } = view;
  const dots = places.map(({ place, stories }) => {
    const radius = Math.round(6 + 4 * Math.sqrt(stories.length));
    return { at: whole(view.at(pointOf(place))), radius, ring: place.precision === COUNTRY };
  });
  const room: Room = { width, height, size: LETTERS, taken: dots.map(({ at, radius }) => boxAround(at, radius)) };
  const towns = places.slice(0, MOST_LABELS).flatMap(({ place, name }, index) => {
    const dot = dots[index];
    const text = place.precision === COUNTRY ? name : place.name;
    return (dot && labelBeside(text, dot.at, dot.radius + 5, room)) ?? [];
  });
  return {
    ...{ width, height, dots, towns },
    land: land(view),
    border: borders(view),
    lands: countries(view, places, locale, room),
  };
}

/** Towns and regions, and the countries not far from them; all when there are only countries. */
function nearby(places: readonly MapPlace[]): readonly MapPlace[] {
  const towns = places.filter(({ place }) => place.precision !== COUNTRY);
  if (towns.length === 0) return places;
  const between = (value: number, all: readonly number[]) =>
    value > Math.min(...all) - FAR && value < Math.max(...all) + FAR;
  return places.filter(({ place: { lon, lat } }) => {
    const near = (axis: 'lon' | 'lat', value: number) =>
      between(
        value,
        towns.map(({ place }) => place[axis]),
      );
    return near('lon', lon) && near('lat', lat);
  });
}

/** Names of countries in sight, to find one's way by: first those that the places lie in, then those next to them. */
function countries(view: MapView, places: readonly MapPlace[], locale: Locale, room: Room): readonly Label[] {
  const named = new Set(places.filter(({ place }) => place.precision === COUNTRY).map(({ place }) => place.country));
  const distance = ({ country, lon, lat }: Place) =>
    Math.min(
      ...places.map(({ place }) => (place.country === country ? 0 : Math.hypot(place.lon - lon, place.lat - lat))),
    );
  return knownPlaces()
    .filter(({ precision, country }) => precision === COUNTRY && !named.has(country))
    .toSorted((a, b) => distance(a) - distance(b))
    .flatMap((place) => labelAt(countryName(locale, place.country), view.at(pointOf(place)), room) ?? [])
    .slice(0, MOST_LANDS);
}

const pointOf = ({ lon, lat }: Place): Point => [lon, lat];
