import type { Place } from '../model.ts';
import gazetteer from './gazetteer.json' with { type: 'json' };
import type { Signature } from './signature.ts';

const MOST = 5;
const COUNTRY = 3;
const known = new Map(
  gazetteer.map((row) => {
    const [name, country, lat, lon, precision] = row as [string, string, number, number, Place['precision']];
    return [name, { name, country, lat, lon, precision } satisfies Place] as const;
  }),
);

/**
 * Where a story happened, at most five places: those that most is said for first (see `whereabouts`), of equal ones the
 * more precise, then the one named first. A country is left out when a place in it is named. None when no item names a place.
 */
export function placesOf(signatures: readonly Signature[]): Place[] {
  const votes = new Map<string, number>();
  for (const { places } of signatures)
    for (const [name, vote] of places) votes.set(name, (votes.get(name) ?? 0) + vote);
  const ranked = [...votes]
    .flatMap(([name, vote]) => {
      const place = known.get(name);
      return place ? [{ place, vote }] : [];
    })
    .sort((a, b) => b.vote - a.vote || a.place.precision - b.place.precision)
    .map(({ place }) => place);
  const finer = new Set(ranked.filter(({ precision }) => precision < COUNTRY).map(({ country }) => country));
  return ranked.filter(({ precision, country }) => precision < COUNTRY || !finer.has(country)).slice(0, MOST);
}

/** Every place that a story can be said to happen at. */
export function knownPlaces(): readonly Place[] {
  return [...known.values()];
}
