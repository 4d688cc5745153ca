const RUN = { title: 4, summary: 6 } as const;
const REPEATED = 3;
/** Where less than this share is left, the text is told again, not framed. */
const LEAST_LEFT = 0.34;

type Field = keyof typeof RUN;

interface Told {
  readonly family: string;
  readonly title: string;
  readonly summary: string;
}

/**
 * Titles and summaries without what a publisher writes on every article ("Live, war in the east: ...", "Subscribe"):
 * runs of four words in a title and six in a summary that stand in three or more of the family's. An article that is
 * published again and again stays whole.
 */
export function withoutBoilerplate(items: readonly Told[]): { title: string; summary: string }[] {
  const titles = strip(items, 'title');
  const summaries = strip(items, 'summary');
  return items.map(({ title, summary }, i) => ({ title: titles[i] ?? title, summary: summaries[i] ?? summary }));
}

function strip(items: readonly Told[], field: Field): string[] {
  const counts = new Map<string, number>();
  const runs = items.map((item) => runsOf(item, field));
  for (const own of runs) for (const run of new Set(own)) counts.set(run, (counts.get(run) ?? 0) + 1);
  return items.map((item, i) => {
    const repeated = new Set<number>();
    for (const [at, run] of (runs[i] ?? []).entries())
      if ((counts.get(run) ?? 0) >= REPEATED) for (let k = at; k < at + RUN[field]; k++) repeated.add(k);
    const words = item[field].split(/\s+/);
    const left = words.filter((_, k) => !repeated.has(k));
    return repeated.size === 0 || (field === 'title' && left.length < LEAST_LEFT * words.length)
      ? item[field]
      : left.join(' ');
  });
}

function runsOf(item: Told, field: Field): string[] {
  const words = item[field].split(/\s+/);
  return words.slice(RUN[field] - 1).map((_, i) => `${item.family} ${words.slice(i, i + RUN[field]).join(' ')}`);
}
