import * as v from 'valibot';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const shares = v.record(v.string(), share);
const terms = v.record(v.string(), v.string());
const weights = v.record(v.string(), v.number());

export const settingsSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'use small letters, digits and "-", a letter first')),
  /** What this profile adds to: absent, it stands alone. */
  base: v.optional(v.picklist(['war'], 'the only built-in profile is "war"')),
  bias: v.optional(v.number()),
  threshold: v.optional(share),
});

export const conceptsSchema = v.record(
  v.string(),
  v.strictObject({
    kind: v.picklist(['concept', 'actor', 'place', 'negative']),
    label: v.pipe(v.string(), v.nonEmpty()),
    weight: v.number(),
  }),
);

export const termsSchema = terms;

export const conflictsSchema = v.array(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'use small letters, digits and "-", a letter first')),
    countries: v.optional(weights, {}),
    signs: v.optional(weights, {}),
    terms: v.optional(v.string(), ''),
    title: v.record(v.string(), v.string()),
  }),
);

export const modelSchema = v.strictObject({
  bias: v.number(),
  features: weights,
  wording: v.strictObject({ weights: v.string(), step: v.number(), usual: v.number(), length: v.number() }),
});

export const exemplarSchema = v.strictObject({
  negative: v.optional(v.boolean(), false),
  strength: v.optional(share, 1),
  source: v.optional(v.string(), ''),
  lang: v.string(),
  concepts: v.optional(shares, {}),
  names: v.optional(shares, {}),
  terms: v.optional(shares, {}),
});
