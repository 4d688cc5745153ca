import type { Decision } from './model.ts';

/**
 * A decision in words, one line each: what was decided, every reason with its weight (log-odds), and for an item that
 * was not picked how much evidence was missing.
 */
export function explainDecision(decision: Decision, threshold = 0.5): string[] {
  const score = decision.score.toFixed(3);
  const verdict = decision.picked ? 'picked' : 'not picked';
  const lines = [`${verdict}: score ${score}, language ${decision.lang}, profile ${decision.profile}`];
  for (const { kind, text, weight } of decision.reasons)
    lines.push(`${(weight > 0 ? '+' : '') + weight.toFixed(2)}  ${kind}  ${text}`.trim());
  if (decision.reasons.length === 0) lines.push('nothing of the profile was found');
  if (!decision.picked) lines.push(missing(decision, threshold));
  return lines;
}

function missing({ score, reasons }: Decision, threshold: number): string {
  const lacking = logOdds(threshold) - logOdds(score);
  const found = new Set(reasons.filter(({ weight }) => weight > 0).map(({ kind }) => kind));
  const absent = [
    found.has('concept') ? '' : 'words of the topic',
    found.has('actor') || found.has('place') ? '' : 'a party or place of it',
  ].filter(Boolean);
  const what = absent.length > 0 ? `; it lacks ${absent.join(' and ')}` : '';
  return `missing: ${lacking.toFixed(2)} of evidence${what}`;
}

function logOdds(p: number): number {
  const bounded = Math.min(0.9999, Math.max(0.0001, p));
  return Math.log(bounded / (1 - bounded));
}
