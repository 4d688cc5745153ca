import * as v from 'valibot';
import { LOCALES } from '../types.ts';
import { collectSchema } from './collect.ts';
import { address, count, hour, zone } from './fields.ts';
import { serve, stage } from './places.ts';

/** News alerts, besides the digests; only where this is set, and only for readers who ask for them. */
const breaking = v.strictObject({
  /** Independent publisher families, not controlled by a state, that must have reported a story ... */
  families: v.optional(count(2, 20), 5),
  /** ... within so many minutes of its first report. */
  withinMinutes: v.optional(count(15, 360), 60),
  /** Least severity of the story, 0..1. */
  severity: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.8),
  /** Alerts in any 24 hours. */
  maxPerDay: v.optional(count(1, 10), 3),
  /** From this local hour of the reader to that one nobody is woken. */
  quietHours: v.optional(v.strictObject({ from: hour, to: hour }), { from: 22, to: 7 }),
});

export const configSchema = v.strictObject({
  publication: v.strictObject({
    /** Part of every edition id: never change it once mail went out. */
    id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9]{0,19}$/, 'use 1 to 20 small letters and digits, a letter first')),
    name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(60)),
    /** Verified in SES; readers see it. */
    from: address,
    replyTo: v.optional(address),
    /** Postal or other contact line shown at the foot of every mail. */
    contact: v.pipe(v.string(), v.nonEmpty()),
  }),
  /** OPML file, relative to the configuration file. */
  feeds: v.optional(v.string(), 'feeds.opml'),
  /** The profile's files by their path; in the configuration file the name of their folder (see `loadConfig`). */
  profile: v.optional(v.record(v.string(), v.unknown(), 'name its folder, like "profile"')),
  locales: v.pipe(v.array(v.picklist(LOCALES)), v.minLength(1)),
  /** Default appointment of a new reader. */
  digest: v.strictObject({ cadence: v.optional(v.picklist(['daily', 'weekly']), 'daily'), hour, zone }),
  edition: v.optional(
    v.strictObject({
      maxStories: v.optional(count(1, 60), 20),
      /** Items older than this at composition are not news. */
      lookbackHours: v.optional(count(1, 24 * 8), 36),
      /** Mail that could not leave this long after its due time stays unsent. */
      sendWithinHours: v.optional(count(1, 48), 12),
    }),
    {},
  ),
  breaking: v.optional(breaking),
  collect: v.optional(collectSchema, {}),
  serve: v.optional(serve),
  stages: v.optional(v.record(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9]{0,11}$/)), stage), {}),
});

export type Config = v.InferOutput<typeof configSchema>;
/** As written: `profile` is a folder, relative to the configuration file. Default: `profile`, if there is one. */
export type ConfigInput = Omit<v.InferInput<typeof configSchema>, 'profile'> & { readonly profile?: string };
export type StageSettings = v.InferOutput<typeof stage>;
export type ServeSettings = v.InferOutput<typeof serve>;

/** Gives `dispatches.config.ts` its types; changes nothing. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/** The domain that mail is sent from: what SES verifies. */
export function senderDomain(from: string): string {
  return from.slice(from.lastIndexOf('@') + 1);
}

/** Whether a domain or host belongs to a DNS zone. */
export function isIn(zoneName: string, name: string): boolean {
  return name === zoneName || name.endsWith(`.${zoneName}`);
}
