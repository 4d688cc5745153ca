import type { Place } from '../model.ts';
import gazetteer from './gazetteer.json' with { type: 'json' };
import type { Signature } from './signature.ts';

const MOST = 5;
const known = new Map(
  gazetteer.map((row) => {
    const [name, country, lat, lon, precision] = row as [string, string, number, number, Place['precision']];
    return [name, { name, country, lat, lon, precision } satisfies Place] as const;
  }),
);

/**
 * Places that the items of a story name, at most five: those that count most first (a title counts more), of equal ones
 * the more precise. A country is left out when a place in it counts as much.
 */
export function placesOf(signatures: readonly Signature[]): Place[] {
  const votes = new Map<string, number>();
  for (const { features } of signatures)
    for (const [feature, count] of features)
      if (feature.startsWith('p:')) votes.set(feature.slice(2), (votes.get(feature.slice(2)) ?? 0) + count);
  const ranked = [...votes]
    .flatMap(([name, count]) => {
      const place = known.get(name);
      return place ? [{ place, count }] : [];
    })
    .sort(
      (a, b) => b.count - a.count || a.place.precision - b.place.precision || (a.place.name < b.place.name ? -1 : 1),
    );
  const within = (country: string, count: number) =>
    ranked.some((one) => one.place.country === country && one.place.precision < 3 && one.count >= count);
  return ranked
    .filter(({ place, count }) => place.precision < 3 || !within(place.country, count))
    .slice(0, MOST)
    .map(({ place }) => place);
}
