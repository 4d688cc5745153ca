import type { Conflict } from './conflicts.ts';
import { counting, createMatcher, type Likeness } from './exemplars/match.ts';
import { createFinder, type Finding, foldItem, type Readable } from './features.ts';
import { detectLanguage } from './language.ts';
import { createWordingScore, type Wording } from './linear.ts';
import type { Decision, Reason } from './model.ts';
import { war } from './profile/war/index.ts';
import { type Profile, profileVersion } from './profile.ts';
import { round } from './round.ts';

export interface Selector {
  /** `name@hash` of the profile. */
  readonly profile: string;
  /** What its stories are parted into. */
  readonly conflicts: readonly Conflict[];
  decide(item: Readable): Decision;
  /** The profile's exemplars beside an item, nearest first. */
  compare(item: Readable): readonly Likeness[];
}

/**
 * A selector for a topic: the built-in `war` unless another profile is given. Pure and deterministic. The weights of a
 * decision's reasons and the profile's bias add up to the log-odds of its score.
 */
export function createSelector(profile: Profile = war): Selector {
  const version = profileVersion(profile);
  const find = createFinder(profile);
  const match = createMatcher(profile);
  const weigh = createWeights(profile);
  const wording = profile.model ? createWordingScore(profile.model) : undefined;
  const bias = profile.model?.bias ?? profile.bias;
  const look = (item: Readable) => {
    const lang = detectLanguage(`${item.title} ${item.summary}`);
    const folded = foldItem(item);
    const findings = find(folded, lang);
    return { lang, folded, findings, likenesses: match(folded, findings, lang) };
  };
  return {
    profile: version,
    conflicts: profile.conflicts,
    compare: (item) => look(item).likenesses,
    decide(item) {
      const { lang, folded, findings, likenesses } = look(item);
      const reasons = [
        ...toReasons(profile, findings, weigh),
        ...(wording ? wordingReasons(wording(folded)) : []),
        ...counting(likenesses).map(exemplarReason),
      ];
      const score = 1 / (1 + Math.exp(-reasons.reduce((sum, { weight }) => sum + weight, bias)));
      return {
        picked: score >= profile.threshold,
        score: round(score, 4),
        lang,
        reasons: told(reasons),
        profile: version,
      };
    },
  };
}

/** Strongest first; what says nothing is left out. */
function told(reasons: readonly Reason[]): Reason[] {
  return reasons
    .filter(({ weight }) => Math.abs(weight) >= 0.01)
    .map((reason) => ({ ...reason, weight: round(reason.weight, 2) }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.text < b.text ? -1 : 1));
}

/** What a finding adds: the trained weight, else the concept's own (half in the summary, nothing for what is made of several). */
function createWeights({ model, concepts }: Profile): (finding: Finding) => number {
  return ({ feature, concept }) => {
    const own = concept === undefined ? 0 : (concepts[concept]?.weight ?? 0);
    const share = feature.startsWith('title:') ? 1 : feature.startsWith('body:') ? 0.5 : 0;
    return model?.features[feature] ?? own * share;
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

function describe({ concepts }: Profile, { feature, concept, text }: Finding): Reason {
  const meaning = concepts[concept ?? ''];
  if (meaning) return { kind: meaning.kind, text: `${meaning.label}: ${text}`, weight: 0 };
  const [where, id = ''] = feature.split(':');
  if (where !== 'link') return { kind: 'together', text, weight: 0 };
  return { kind: 'address', text: `${concepts[id]?.label}: ${text}`, weight: 0 };
}

function wordingReasons({ wording, length }: Wording): Reason[] {
  return [
    { kind: 'wording', text: `worded ${wording > 0 ? 'like' : 'unlike'} known coverage`, weight: wording },
    { kind: 'length', text: `a ${length > 0 ? 'short' : 'long'} text`, weight: length },
  ];
}

function exemplarReason({ exemplar, shared, weight }: Likeness): Reason {
  return { kind: 'exemplar', text: `like ${exemplar.name}: ${shared.slice(0, 4).join(', ')}`, weight };
}
