import type { Readable } from './features.ts';
import type { Decision } from './model.ts';
import type { Profile } from './profile.ts';
import type { Selector } from './selector.ts';
import { fold, isIdeograph } from './text.ts';

/** A change of the item's words that would have changed its score. */
export interface Way {
  /** `a word of "strikes" in the summary, like "air raid"` */
  readonly change: string;
  readonly score: number;
}

export interface Missing {
  /** Log-odds that are missing to the threshold. */
  readonly evidence: number;
  /** Single changes that would have lifted the item over the threshold, the smallest first. */
  readonly ways: readonly Way[];
  /** When none would: the one that lifts most. */
  readonly nearest?: Way;
}

/**
 * What an item that was not picked lacked: one concept, party or place more (in the summary, in the title), or one
 * finding less that spoke against it. Each change is made and decided, so that what is said is what would happen.
 */
export function whatIsMissing(profile: Profile, selector: Selector, item: Readable, decision: Decision): Missing {
  const ways = [...additions(profile, item, decision), ...removals(item, decision)]
    .map(({ change, changed }) => ({ change, score: selector.decide(changed).score }))
    .sort((a, b) => a.score - b.score || (a.change < b.change ? -1 : 1));
  const enough = ways.filter(({ score }) => score >= profile.threshold);
  const last = ways.at(-1);
  return {
    evidence: Math.round(100 * (logOdds(profile.threshold) - logOdds(decision.score))) / 100,
    ways: enough,
    ...(enough.length === 0 && last && last.score > decision.score ? { nearest: last } : {}),
  };
}

interface Change {
  readonly change: string;
  readonly changed: Readable;
}

function* additions(profile: Profile, item: Readable, { lang, reasons }: Decision): Generator<Change> {
  const { title, summary } = item;
  for (const [id, { kind, label }] of Object.entries(profile.concepts)) {
    const own = inLetters(title, profile.terms[lang]?.[id]);
    const term = own.find((one) => !one.includes('*')) ?? own[0] ?? inLetters(title, profile.terms.any?.[id])[0];
    if (kind === 'negative' || !term || reasons.some(({ text }) => text.startsWith(`${label}: `))) continue;
    const what = `${kind === 'concept' ? `a word of "${label}"` : label} in the`;
    const words = term.replaceAll('*', '');
    yield { change: `${what} summary, like "${term}"`, changed: { ...item, summary: `${words}. ${summary}` } };
    yield { change: `${what} title, like "${term}"`, changed: { ...item, title: `${title} ${words}` } };
  }
}

function* removals(item: Readable, { reasons }: Decision): Generator<Change> {
  for (const { kind, text, weight } of reasons) {
    if (kind !== 'negative' || weight >= 0) continue;
    const words = text.slice(text.indexOf(': ') + 2);
    const without = (from: string) => words.split(', ').reduce((rest, word) => rest.replaceAll(word, ' '), from);
    yield {
      change: `without "${words}"`,
      changed: { ...item, title: without(item.title), summary: without(item.summary) },
    };
  }
}

/** The terms that are written in the letters of the item. */
function inLetters(title: string, terms: string | undefined): string[] {
  const script = scriptOf(fold(title));
  const all = terms?.split(',').map((term) => term.trim()) ?? [];
  return all.filter((term) => scriptOf(fold(term)) === script);
}

/** A number that is the same for letters of one script. */
function scriptOf(folded: string): number {
  const code = folded.charCodeAt(1);
  return isIdeograph(code) ? -1 : code >> 8;
}

function logOdds(p: number): number {
  const bounded = Math.min(0.9999, Math.max(0.0001, p));
  return Math.log(bounded / (1 - bounded));
}
