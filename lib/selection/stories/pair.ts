import { DAY, HOUR } from '../../time.ts';
import model from './pairs.json' with { type: 'json' };
import type { Signature } from './signature.ts';
import { KIND, type Weight, type Weighted } from './weights.ts';

/** What speaks for or against two items being one story. */
export const EVIDENCE = [
  'cosine',
  'titles',
  'titlesInNews',
  'rare',
  'hours',
  'sameFamily',
  'otherPeople',
  'oneLive',
  'bothLive',
  'oneAnalysis',
  'oneReaction',
  'onePortrait',
] as const;
export type Evidence = readonly number[];
export interface Line {
  readonly bias: number;
  /** In the order of `EVIDENCE`. */
  readonly weights: readonly number[];
}

/** Logistic models of pairs of one language and of two. */
export interface PairModel {
  readonly same: Line;
  readonly other: Line;
}

const ordered = ({ bias, weights }: (typeof model)['same']): Line => ({
  bias,
  weights: EVIDENCE.map((name) => weights[name]),
});
const shipped: PairModel = { same: ordered(model.same), other: ordered(model.other) };

/** How much a shared feature of each kind counts in a title. */
const IN_TITLES: Readonly<Record<string, number>> = { p: 0.7, n: 1, e: 1, d: 0.6, s: 0.5, w: 0.6 };
const MOST_HOURS = 72;
const UNKNOWN_HOURS = 12;
/** For each day beyond `MOST_HOURS`. */
const PER_DAY_LATE = -2;
/** Titles that name different towns tell of different events. */
const OTHER_TOWN = -12;
const ONE_ROUNDUP = -3;

/** Whether a feature says something between these two items: skeletons between languages only, words within one only. */
export function counts({ kind }: Weight, a: Weighted, b: Weighted): boolean {
  return kind !== 's' || a.signature.lang !== b.signature.lang;
}

/** Cosine of two items, from the sum of products of what they share. */
export function cosine(a: Weighted, b: Weighted, shared: number): number {
  const same = a.signature.lang === b.signature.lang;
  const lengths = same ? a.lengths.same * b.lengths.same : a.lengths.other * b.lengths.other;
  return lengths === 0 ? 0 : shared / lengths;
}

/** The evidence about a pair, in the order of `EVIDENCE`, each about 0..4. */
export function weighPair(a: Weighted, b: Weighted): Evidence {
  const { product, titles, titlesInNews, rarest } = sharedOf(a, b);
  const either = (format: string) => a.signature.formats.has(format) !== b.signature.formats.has(format);
  const [live, liveToo] = [isRolling(a.signature), isRolling(b.signature)];
  return [
    cosine(a, b, product),
    Math.min(titles, 12) / 4,
    Math.min(titlesInNews, 16) / 4,
    (rarest[1] + rarest[2]) / 8,
    hoursBetween(a.signature, b.signature) / 24,
    Number(a.signature.family !== '' && a.signature.family === b.signature.family),
    Number(otherPeople(a, b)),
    Number(live !== liveToo),
    Number(live && liveToo),
    Number(isAnalysis(a.signature) !== isAnalysis(b.signature)),
    Number(either('reaction')),
    Number(either('portrait')),
  ];
}

/** Log-odds that two items are one story: what was learnt, and the rules that examples are too few to teach. */
export function logOdds(a: Weighted, b: Weighted, { same, other }: PairModel = shipped): number {
  const { bias, weights } = a.signature.lang === b.signature.lang ? same : other;
  const learnt = weighPair(a, b).reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias);
  return learnt + objections(a.signature, b.signature);
}

function objections(a: Signature, b: Signature): number {
  const days = Math.abs(a.at - b.at) / DAY - MOST_HOURS / 24;
  const late = Number.isFinite(days) ? Math.max(0, days) * PER_DAY_LATE : 0;
  const elsewhere = a.towns.size > 0 && b.towns.size > 0 && a.towns.isDisjointFrom(b.towns) ? OTHER_TOWN : 0;
  const roundup = a.formats.has('roundup') !== b.formats.has('roundup') ? ONE_ROUNDUP : 0;
  return late + elsewhere + roundup;
}

interface Shared {
  product: number;
  titles: number;
  titlesInNews: number;
  /** The three rarest, rarest first. */
  readonly rarest: [number, number, number];
}

/** One walk along both lists. */
function sharedOf(a: Weighted, b: Weighted): Shared {
  const shared: Shared = { product: 0, titles: 0, titlesInNews: 0, rarest: [0, 0, 0] };
  for (let i = 0, k = 0; i < a.features.length && k < b.features.length; ) {
    const [one, other] = [a.features[i], b.features[k]];
    if (!one || !other) break;
    if (one.id === other.id && counts(one, a, b)) add(shared, one, other);
    if (one.id <= other.id) i++;
    if (one.id >= other.id) k++;
  }
  return shared;
}

function add(shared: Shared, one: Weight, other: Weight): void {
  shared.product += one.value * other.value;
  insert(shared.rarest, one.rarity * (KIND[one.kind] ?? 0));
  if (!one.inTitle || !other.inTitle) return;
  shared.titles += one.rarity * (IN_TITLES[one.kind] ?? 0);
  shared.titlesInNews += one.known * (IN_TITLES[one.kind] ?? 0);
}

function insert(top: [number, number, number], value: number): void {
  if (value > top[0]) [top[0], top[1], top[2]] = [value, top[0], top[1]];
  else if (value > top[1]) [top[1], top[2]] = [value, top[1]];
  else if (value > top[2]) top[2] = value;
}

function hoursBetween(a: Signature, b: Signature): number {
  const hours = Math.abs(a.at - b.at) / HOUR;
  return Number.isFinite(hours) ? Math.min(hours, MOST_HOURS) : UNKNOWN_HOURS;
}

/** Live blogs and round-ups tell of many events. */
function isRolling({ formats }: Signature): boolean {
  return formats.has('live') || formats.has('roundup');
}

function isAnalysis({ formats }: Signature): boolean {
  return formats.has('analysis') || formats.has('portrait') || formats.has('reaction');
}

/** Whether both titles name people, and none of them is the same. */
function otherPeople({ people: left }: Weighted, { people: right }: Weighted): boolean {
  return left.length > 0 && right.length > 0 && !left.some((name) => right.includes(name));
}
