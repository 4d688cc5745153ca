import { createQueue } from './queue.ts';

/** A pair of items that may belong together. */
export interface Link {
  readonly a: number;
  readonly b: number;
  /** Log-odds that both are one story. */
  readonly evidence: number;
}

/** What speaks for joining two groups. */
interface Voices {
  /** The best evidence of their pairs. */
  readonly best: number;
  /** Sum of how much each given pair says above `SILENCE`. */
  readonly sum: number;
}

/** Two groups are joined when their best pair says at least so much. */
export const ENOUGH = -0.2;
/** What a pair says that is not given, and the most that one pair can say. */
export const SILENCE = -5;
const LOUDEST = 2;
/** What all pairs of two groups must say on average: a chain whose ends have nothing in common says less. */
const LEAST_ON_AVERAGE = -1.7;
/** The more pairs there are to choose from, the more the best of them must say. */
const CROWD = 0.4;

/**
 * Groups `count` items: the two groups that most speaks for are joined, until too little speaks for any two. Neither
 * one strong pair nor a chain of links whose ends have nothing in common makes one story of a whole war. Deterministic.
 */
export function cluster(count: number, links: readonly Link[]): number[][] {
  const groups = new Map(Array.from({ length: count }, (_, i) => [i, [i]]));
  const voices = new Map(Array.from({ length: count }, (_, i) => [i, new Map<number, Voices>()]));
  const queue = createQueue();
  const propose = (a: number, b: number, said: Voices) => {
    const pairs = (groups.get(a)?.length ?? 1) * (groups.get(b)?.length ?? 1);
    const score = consent(said, pairs);
    if (score >= ENOUGH) queue.push({ a: Math.min(a, b), b: Math.max(a, b), score });
  };
  for (const { a, b, evidence } of joinable(count, links)) {
    const best = Math.min(LOUDEST, evidence);
    const said = { best, sum: best - SILENCE };
    voices.get(a)?.set(b, said);
    voices.get(b)?.set(a, said);
    propose(a, b, said);
  }
  let next = count;
  for (let best = queue.pop(); best; best = queue.pop()) {
    const [left, right] = [groups.get(best.a), groups.get(best.b)];
    if (!left || !right) continue;
    groups.delete(best.a);
    groups.delete(best.b);
    groups.set(next, [...left, ...right]);
    for (const [other, said] of join(voices, best.a, best.b, next)) propose(other, next, said);
    next++;
  }
  return [...groups.values()].map((members) => members.sort((a, b) => a - b));
}

/** What the best pair says, less when there are many to choose from; nothing when most pairs are silent. */
function consent({ best, sum }: Voices, pairs: number): number {
  if (SILENCE + sum / pairs < LEAST_ON_AVERAGE) return Number.NEGATIVE_INFINITY;
  return best - CROWD * Math.log(pairs);
}

/** Links inside a component of pairs that speak for joining: without one such pair no two groups are joined. */
function joinable(count: number, links: readonly Link[]): Link[] {
  const parent = Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== undefined && parent[at] !== at) at = parent[at] ?? at;
    parent[i] = at;
    return at;
  };
  for (const { a, b, evidence } of links) if (evidence >= ENOUGH) parent[root(a)] = root(b);
  return links.filter(({ a, b }) => root(a) === root(b));
}

/** Gathers the voices of two groups towards all others under the new group's number. */
function join(voices: Map<number, Map<number, Voices>>, a: number, b: number, made: number): Map<number, Voices> {
  const joined = new Map<number, Voices>();
  for (const old of [a, b]) {
    for (const [other, said] of voices.get(old) ?? [])
      if (other !== a && other !== b) {
        joined.set(other, together(joined.get(other), said));
        voices.get(other)?.delete(old);
      }
    voices.delete(old);
  }
  for (const [other, said] of joined) voices.get(other)?.set(made, said);
  voices.set(made, joined);
  return joined;
}

function together(some: Voices | undefined, more: Voices): Voices {
  return some ? { best: Math.max(some.best, more.best), sum: some.sum + more.sum } : more;
}
