/**
 * Makes lib/selection/stories/pairs.json: how much each piece of evidence says that two items are one story.
 *   node lib/selection/train/pairs.ts GROUPED.jsonl ...
 * Lines with title, summary, source, date, url, lang, window, story, and if its window shall count less a weight; `x` marks
 * items that are no coverage. Prints what the model finds in each window when it has learnt from all, and when that window
 * was held out. Only weights are kept.
 */
import { writeFileSync } from 'node:fs';
import { MAX_SUMMARY } from '../../feeds/model.ts';
import { detectLanguage } from '../language.ts';
import { withoutBoilerplate } from '../stories/boilerplate.ts';
import { cluster } from '../stories/cluster.ts';
import { findLinks } from '../stories/links.ts';
import { EVIDENCE, type Line, type PairModel, weighPair } from '../stories/pair.ts';
import { sign } from '../stories/signature.ts';
import { order } from '../stories/sources.ts';
import { type Weighted, weigh } from '../stories/weights.ts';
import { agreement, showAgreement } from './groups.ts';
import { type Example, fitLogistic } from './newton.ts';
import { namedFiles, readItems, type Sample } from './read.ts';

interface GroupedSample extends Sample {
  readonly source: string;
  readonly date: string;
  readonly window: string;
  readonly story: string;
  readonly weight?: number;
}

interface Window {
  readonly name: string;
  readonly samples: readonly GroupedSample[];
  readonly items: readonly Weighted[];
  readonly examples: readonly (Example & { readonly same: boolean })[];
}

const PULL = 3;
/** Said for every pair beside what was learnt, so that the grouping (`cluster.ts`) needs one threshold for both kinds. */
const LENIENCE = { same: 0.5, other: 1.05 } as const;
/** Pairs less alike are never looked at. */
const LEAST_COSINE = 0.03;

/** Summaries as items have them, and their order: both as where stories are made. */
const samples = namedFiles()
  .flatMap((file) => readItems(file) as GroupedSample[])
  .map((one) => ({ ...one, summary: one.summary.slice(0, MAX_SUMMARY) }))
  .sort((a, b) => order(a.id, b.id));
const windows = [...new Set(samples.map(({ window }) => window))].map((name) =>
  readWindow(
    name,
    samples.filter(({ window, story }) => window === name && story !== 'x'),
  ),
);

function readWindow(name: string, own: readonly GroupedSample[]): Window {
  const texts = withoutBoilerplate(own.map(({ source, title, summary }) => ({ family: source, title, summary })));
  const items = weigh(
    own.map((one, i) => {
      const at = Number.isNaN(Date.parse(one.date)) ? '' : new Date(one.date).toISOString();
      const item = { title: one.title, link: one.url ?? null, family: one.source, published: at, firstSeen: at };
      return sign(item, texts[i] ?? one, detectLanguage(`${one.title} ${one.summary}`));
    }),
  );
  return { name, samples: own, items, examples: examplesOf(own, items) };
}

/** Pairs of a story weigh less the larger it is, so that one great event does not speak for all. */
function examplesOf(own: readonly GroupedSample[], items: readonly Weighted[]): Window['examples'] {
  const size = (story?: string) => own.filter((one) => one.story === story).length;
  return items.flatMap((a, i) =>
    items.slice(0, i).flatMap((b, j) => {
      const target = own[i]?.story === own[j]?.story ? 1 : 0;
      const values = weighPair(a, b);
      if (target === 0 && (values[0] ?? 0) < LEAST_COSINE) return [];
      const weight = target === 1 ? Math.sqrt(2 / Math.max(2, size(own[i]?.story) - 1)) : 1;
      return [
        {
          values,
          target,
          weight: weight * (own[i]?.weight ?? 1),
          same: a.signature.lang === b.signature.lang,
        } as const,
      ];
    }),
  );
}

function learn(from: readonly Window[]): PairModel {
  const all = from.flatMap(({ examples }) => examples);
  const line = (same: boolean, more: number): Line => {
    const { bias, weights } = fitLogistic(
      all.filter((one) => one.same === same),
      PULL,
    );
    return { bias: bias + more, weights };
  };
  return { same: line(true, LENIENCE.same), other: line(false, LENIENCE.other) };
}

function show({ name, items, samples: own }: Window, model: PairModel): string {
  const found = new Map(
    cluster(items.length, findLinks(items, model)).flatMap((group, g) => group.map((i) => [i, `${g}`] as const)),
  );
  const grouped = own.map(({ story, lang }, i) => ({ given: story, lang, found: found.get(i) ?? '' }));
  return `${name}: ${showAgreement(agreement(grouped))}`;
}

const model = learn(windows);
console.log(`learnt from all windows\n${windows.map((one) => show(one, model)).join('\n')}`);
console.log('held out');
for (const one of windows) console.log(show(one, learn(windows.filter((other) => other !== one))));
const named = ({ bias, weights }: Line) => ({
  bias: round(bias),
  weights: Object.fromEntries(EVIDENCE.map((name, k) => [name, round(weights[k] ?? 0)])),
});
writeFileSync(
  new URL('../stories/pairs.json', import.meta.url),
  `${JSON.stringify({ same: named(model.same), other: named(model.other) }, null, 2)}\n`,
);

function round(value: number): number {
  return Number(value.toFixed(3));
}
