import type { Item } from '../feeds/model.ts';
import { createFinder, type Finding, foldItem } from './features.ts';
import { detectLanguage } from './language.ts';
import type { Decision, Reason } from './model.ts';
import { war } from './profile/war/index.ts';
import { type Profile, profileVersion } from './profile.ts';

export interface Selector {
  /** `name@hash` of the profile. */
  readonly profile: string;
  decide(item: Pick<Item, 'title' | 'summary'> & Partial<Item>): Decision;
}

/** A selector for a topic: the built-in `war` unless another profile is given. Pure and deterministic. */
export function createSelector(profile: Profile = war): Selector {
  const version = profileVersion(profile);
  const find = createFinder(profile);
  return {
    profile: version,
    decide(item) {
      const lang = detectLanguage(`${item.title} ${item.summary}`);
      const findings = find(foldItem(item), lang);
      const reasons = findings.map((finding) => reason(profile, finding)).filter(({ weight }) => weight !== 0);
      const evidence = reasons.reduce((sum, { weight }) => sum + weight, profile.bias);
      const score = 1 / (1 + Math.exp(-evidence));
      return {
        picked: score >= profile.threshold,
        score: Math.round(score * 10_000) / 10_000,
        lang,
        reasons: reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
        profile: version,
      };
    },
  };
}

function reason(profile: Profile, { feature, concept, text }: Finding): Reason {
  const meaning = concept === undefined ? undefined : profile.concepts[concept];
  const share = feature.startsWith('title:') ? 1 : 0.5;
  const weight = meaning ? meaning.weight * share : 0;
  return {
    kind: meaning?.kind ?? 'together',
    text: meaning ? `${meaning.label}: ${text}` : text,
    weight: round(weight),
  };
}

function round(weight: number): number {
  return Math.round(weight * 100) / 100;
}
