/** How well found groups agree with given ones: B-cubed over items, and precision and recall over pairs. */
export interface Agreement {
  readonly items: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly pairs: Readonly<Record<'given' | 'found' | 'both' | 'otherLanguage' | 'otherLanguageFound', number>>;
}

/** One item: the group it was given by a reader, the group it was found in, its language. */
export interface Grouped {
  readonly given: string;
  readonly found: string;
  readonly lang: string;
}

/** How far groups found are the groups given, by B-cubed: each item judged by its own group. */
export function agreement(items: readonly Grouped[]): Agreement {
  const alike = (key: 'given' | 'found', a: Grouped, b: Grouped) => a[key] === b[key];
  const share = (key: 'given' | 'found') =>
    items.reduce((sum, a) => {
      const own = items.filter((b) => alike(key, a, b));
      return sum + own.filter((b) => alike('given', a, b) && alike('found', a, b)).length / own.length;
    }, 0) / items.length;
  const [precision, recall] = [share('found'), share('given')];
  const pairs = items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b] as const));
  const given = pairs.filter(([a, b]) => alike('given', a, b));
  const across = given.filter(([a, b]) => a.lang !== b.lang);
  const hits = (some: typeof pairs) => some.filter(([a, b]) => alike('found', a, b)).length;
  return {
    items: items.length,
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    pairs: {
      given: given.length,
      found: hits(pairs),
      both: hits(given),
      otherLanguage: across.length,
      otherLanguageFound: hits(across),
    },
  };
}

/** A line of a table, in per cent. */
export function showAgreement({ items, precision, recall, f1, pairs }: Agreement): string {
  const share = (part: number, whole: number) =>
    whole === 0 ? '   - ' : ((100 * part) / whole).toFixed(1).padStart(5);
  const both = share(2 * pairs.both, pairs.given + pairs.found);
  return [
    `${items} items; B-cubed P ${share(precision, 1)} R ${share(recall, 1)} F1 ${share(f1, 1)}`,
    `pairs ${pairs.given} P ${share(pairs.both, pairs.found)} R ${share(pairs.both, pairs.given)} F1 ${both}`,
    `in two languages ${pairs.otherLanguage}, found ${share(pairs.otherLanguageFound, pairs.otherLanguage)}`,
  ].join('; ');
}
