import type { Readable } from './features.ts';
import { type Missing, whatIsMissing } from './missing.ts';
import type { Decision } from './model.ts';
import type { Profile } from './profile.ts';
import type { Selector } from './selector.ts';

/** Everything there is to say about one item. */
export interface Explanation {
  readonly title: string;
  readonly decision: Decision;
  /** The exemplar that is most like it, whether or not it is near enough to count. */
  readonly nearest?: {
    readonly name: string;
    readonly negative: boolean;
    /** 0..1 */
    readonly likeness: number;
    readonly shared: readonly string[];
    readonly weight: number;
  };
  /** Log-odds before anything is found: with the weights of the reasons they make the score. */
  readonly start: number;
  /** Only for an item that was not picked. */
  readonly missing?: Missing;
}

const WAYS_SHOWN = 3;

/** @param selector made of `profile` */
export function explain(profile: Profile, selector: Selector, item: Readable): Explanation {
  const decision = selector.decide(item);
  const [first] = selector.compare(item);
  const nearest = first && {
    ...{ name: first.exemplar.name, negative: first.exemplar.negative },
    ...{ likeness: first.likeness, shared: first.shared, weight: Math.round(100 * first.weight) / 100 },
  };
  return {
    title: item.title,
    decision,
    start: profile.model?.bias ?? profile.bias,
    ...(nearest && { nearest }),
    ...(!decision.picked && { missing: whatIsMissing(profile, selector, item, decision) }),
  };
}

/** An explanation in words, a line each: the verdict, every reason with its weight (log-odds), the nearest exemplar, what was missing. */
export function explainLines({ title, decision, start, nearest, missing }: Explanation): string[] {
  const { picked, score, lang, profile, reasons } = decision;
  return [
    title,
    `${picked ? 'picked' : 'not picked'}: score ${score.toFixed(3)}, language ${lang}, profile ${profile}`,
    ...reasons.map(({ kind, text, weight }) => `${signed(weight)}  ${kind}  ${text}`),
    `${signed(start)}  start${reasons.length === 0 ? '; nothing of the profile was found' : ''}`,
    ...(nearest ? [nearestLine(nearest)] : []),
    ...(missing ? missingLines(missing) : []),
  ];
}

function nearestLine({ name, negative, likeness, shared, weight }: NonNullable<Explanation['nearest']>): string {
  if (likeness === 0) return 'nearest exemplar: none is like it';
  const what = `nearest ${negative ? 'negative exemplar' : 'exemplar'}: ${name}, likeness ${likeness.toFixed(2)}`;
  return `${what} (${shared.slice(0, 6).join(', ') || 'nothing shared'}), moves the score by ${signed(weight)}`;
}

function missingLines({ evidence, ways, nearest }: Missing): string[] {
  const line = ({ change, score }: Missing['ways'][number]) => `${change}: ${score.toFixed(2)}`;
  const told = ways
    .slice(0, WAYS_SHOWN)
    .map((way, i) => `  ${i === 0 ? 'the least that would have done' : 'or'}: ${line(way)}`);
  const none = nearest ? `  no single word would have done; most would have: ${line(nearest)}` : '';
  return [`missing: ${evidence.toFixed(2)} of evidence`, ...told, ...(none ? [none] : [])];
}

function signed(weight: number): string {
  return `${weight > 0 ? '+' : ''}${weight.toFixed(2)}`;
}
