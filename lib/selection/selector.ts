import type { Item } from '../feeds/model.ts';
import { createFinder, type Finding, foldItem } from './features.ts';
import { detectLanguage } from './language.ts';
import { createWordingScore } from './linear.ts';
import type { Decision, Reason } from './model.ts';
import { war } from './profile/war/index.ts';
import { type Profile, profileVersion } from './profile.ts';

export interface Selector {
  /** `name@hash` of the profile. */
  readonly profile: string;
  decide(item: Pick<Item, 'title' | 'summary'> & Partial<Item>): Decision;
}

/**
 * A selector for a topic: the built-in `war` unless another profile is given. Pure and deterministic. The weights of a
 * decision's reasons and the profile's bias add up to the log-odds of its score.
 */
export function createSelector(profile: Profile = war): Selector {
  const version = profileVersion(profile);
  const find = createFinder(profile);
  const weigh = createWeights(profile);
  const wording = profile.model ? createWordingScore(profile.model) : undefined;
  return {
    profile: version,
    decide(item) {
      const lang = detectLanguage(`${item.title} ${item.summary}`);
      const folded = foldItem(item);
      const reasons = toReasons(profile, find(folded, lang), weigh);
      if (wording) reasons.push(wordingReason(wording(folded)));
      const evidence = reasons.reduce((sum, { weight }) => sum + weight, profile.model?.bias ?? profile.bias);
      const score = 1 / (1 + Math.exp(-evidence));
      return {
        picked: score >= profile.threshold,
        score: Math.round(score * 10_000) / 10_000,
        lang,
        reasons: reasons
          .filter(({ weight }) => Math.abs(weight) >= 0.01)
          .map((reason) => ({ ...reason, weight: Math.round(reason.weight * 100) / 100 }))
          .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.text < b.text ? -1 : 1)),
        profile: version,
      };
    },
  };
}

/** What a finding adds: the trained weight, else the concept's own (half in the summary, nothing for pairs). */
function createWeights({ model, concepts }: Profile): (finding: Finding) => number {
  if (model) return ({ feature }) => model.features[feature] ?? 0;
  return ({ feature, concept }) => {
    const weight = concept === undefined ? 0 : (concepts[concept]?.weight ?? 0);
    if (feature.startsWith('title:')) return weight;
    return feature.startsWith('body:') ? weight / 2 : 0;
  };
}

/** One reason per concept found, with the words found, and one per pair. */
function toReasons(profile: Profile, findings: readonly Finding[], weigh: (finding: Finding) => number): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const finding of findings) {
    const key = finding.concept ?? finding.feature;
    const known = reasons.get(key);
    reasons.set(key, { ...(known ?? describe(profile, finding)), weight: (known?.weight ?? 0) + weigh(finding) });
  }
  return [...reasons.values()];
}

function describe(profile: Profile, { concept, text }: Finding): Reason {
  const meaning = concept === undefined ? undefined : profile.concepts[concept];
  if (!meaning) return { kind: 'together', text, weight: 0 };
  return { kind: meaning.kind, text: `${meaning.label}: ${text}`, weight: 0 };
}

function wordingReason(weight: number): Reason {
  return { kind: 'wording', text: weight > 0 ? 'worded like known coverage' : 'worded unlike known coverage', weight };
}
