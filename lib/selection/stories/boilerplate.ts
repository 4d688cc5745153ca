const RUN = 6;
const REPEATED = 3;

interface Told {
  readonly family: string;
  readonly summary: string;
}

/**
 * Summaries without what a publisher writes under every article ("Read also", "Subscribe"): runs of six words that
 * stand in three or more of the family's summaries.
 */
export function withoutBoilerplate(items: readonly Told[]): string[] {
  const counts = new Map<string, number>();
  const runs = items.map(runsOf);
  for (const own of runs) for (const run of new Set(own)) counts.set(run, (counts.get(run) ?? 0) + 1);
  return items.map(({ summary }, i) => {
    const repeated = new Set<number>();
    for (const [at, run] of (runs[i] ?? []).entries())
      if ((counts.get(run) ?? 0) >= REPEATED) for (let k = at; k < at + RUN; k++) repeated.add(k);
    return repeated.size === 0
      ? summary
      : summary
          .split(/\s+/)
          .filter((_, k) => !repeated.has(k))
          .join(' ');
  });
}

function runsOf({ family, summary }: Told): string[] {
  const words = summary.split(/\s+/);
  return words.slice(RUN - 1).map((_, i) => `${family} ${words.slice(i, i + RUN).join(' ')}`);
}
