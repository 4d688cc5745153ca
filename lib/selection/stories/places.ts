import type { Place, ScoredItem } from '../model.ts';
import { addTerms, createTermIndex, findTerms } from '../terms.ts';
import { fold } from '../text.ts';
import gazetteer from './gazetteer.json' with { type: 'json' };

const MOST = 5;
const index = createTermIndex();
const known = new Map<string, Place>();
for (const row of gazetteer) {
  const [name, country, lat, lon, precision, terms] = row as [
    string,
    string,
    number,
    number,
    Place['precision'],
    string,
  ];
  known.set(name, { name, country, lat, lon, precision });
  addTerms(index, name, terms);
}

/**
 * Places that the items of a story name, at most five: those named by most items first (a title counts double), of equal
 * ones the more precise. A country is left out when a place in it is named as often.
 */
export function placesOf(items: readonly Pick<ScoredItem, 'item'>[]): Place[] {
  const votes = new Map<string, number>();
  for (const { item } of items)
    for (const [text, weight] of [
      [item.title, 2],
      [item.summary, 1],
    ] as const)
      for (const name of new Set(findTerms(index, fold(text)).map(({ id }) => id)))
        votes.set(name, (votes.get(name) ?? 0) + weight);
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
