import type { Edition, EditionStory } from '../editions/model.ts';
import { storiesOf } from '../editions/since.ts';
import type { Place } from '../selection/model.ts';
import { knownPlaces } from '../selection/stories/places.ts';
import type { Locale } from '../types.ts';
import { escapeHtml } from './escape.ts';
import { countryName } from './format.ts';
import { clipLine, clipRing } from './map/clip.ts';
import data from './map/data.json' with { type: 'json' };
import { boxAround, type Label, labelAt, labelBeside, type Room } from './map/labels.ts';
import { decodePolyline, type Point } from './map/polyline.ts';
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

/**
 * The places as dots on coastlines and borders, as SVG whose colours the style sheet gives (light and dark). Towns and
 * regions are dots, countries rings; the area of a dot grows with its stories.
 * @param label what the picture shows, for those who do not see it
 */
export function mapSvg(places: readonly MapPlace[], label: string, locale: Locale): string {
  const view = viewOf(places.map(({ place }) => pointOf(place)));
  const { width, height } = view;
  const dots = places.map(({ place, stories }) => {
    return {
      at: view.at(pointOf(place)),
      radius: 6 + 4 * Math.sqrt(stories.length),
      ring: place.precision === COUNTRY,
    };
  });
  const room: Room = { width, height, size: LETTERS, taken: dots.map(({ at, radius }) => boxAround(at, radius)) };
  const towns = places.slice(0, MOST_LABELS).flatMap(({ place, name }, index) => {
    const dot = dots[index];
    const text = place.precision === COUNTRY ? name : place.name;
    return (dot && labelBeside(text, dot.at, dot.radius + 5, room)) ?? [];
  });
  const marks = dots.map(
    ({ at: [x, y], radius, ring }) =>
      `<circle class="${ring ? 'ring' : 'dot'}" cx="${round(x)}" cy="${round(y)}" r="${round(radius)}"/>`,
  );
  return `<svg class="map" role="img" aria-label="${escapeHtml(label)}" viewBox="0 0 ${width} ${height}" \
xmlns="http://www.w3.org/2000/svg"><path class="land" d="${land(view)}"/><path class="border" d="${borders(view)}"/>\
<g class="lands">${labels(countries(view, places, locale, room))}</g>${marks.reverse().join('')}<g class="towns">${labels(towns)}</g></svg>`;
}

/** Names of countries in sight, to find one's way by: first those that the places lie in. */
function countries(view: MapView, places: readonly MapPlace[], locale: Locale, room: Room): readonly Label[] {
  const named = new Set(places.filter(({ place }) => place.precision === COUNTRY).map(({ place }) => place.country));
  const about = new Set(places.map(({ place }) => place.country));
  return knownPlaces()
    .filter(({ precision, country }) => precision === COUNTRY && !named.has(country))
    .toSorted((a, b) => Number(about.has(b.country)) - Number(about.has(a.country)))
    .flatMap((place) => labelAt(countryName(locale, place.country), view.at(pointOf(place)), room) ?? []);
}

const pointOf = ({ lon, lat }: Place): Point => [lon, lat];

function labels(all: readonly Label[]): string {
  const one = ({ text, at: [x, y], anchor }: Label) =>
    `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeHtml(text)}</text>`;
  return all.map(one).join('');
}

function land(view: MapView): string {
  return data.land.map((ring) => path(clipRing(decodePolyline(ring).map(view.at), view), 'z')).join('');
}

function borders(view: MapView): string {
  return data.borders
    .flatMap((line) => clipLine(decodePolyline(line).map(view.at), view))
    .map((line) => path(line, ''))
    .join('');
}

/** Steps between whole units; one of a single unit does not show, and waits for the next. */
function path(points: readonly Point[], end: string): string {
  const steps: string[] = [];
  let last: Point | undefined;
  for (const point of points) {
    const next: Point = [round(point[0]), round(point[1])];
    const step: Point = last ? [next[0] - last[0], next[1] - last[1]] : next;
    if (last && Math.abs(step[0]) < 2 && Math.abs(step[1]) < 2) continue;
    steps.push(`${last ? 'l' : 'M'}${step[0]} ${step[1]}`);
    last = next;
  }
  return steps.length > 2 || (steps.length > 1 && end === '') ? steps.join('') + end : '';
}

const round = (value: number): number => Math.round(value);
