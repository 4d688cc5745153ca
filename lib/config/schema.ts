import * as v from 'valibot';
import { LOCALES } from '../types.ts';
import { collectSchema } from './collect.ts';

const zone = v.pipe(
  v.string(),
  v.check(
    (name) => isZone(name),
    (issue) => `"${String(issue.input)}" is not an IANA time zone; write one like "Europe/Amsterdam"`,
  ),
);

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The links in every mail begin with it: https, a host in ASCII (Punycode for others), no path. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && text.startsWith('https://') && new URL(text).origin === text;
}

const address = v.pipe(v.string(), v.email('write an address like "editor@example.org"'));
const hour = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(23));
const count = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

const origin = v.pipe(v.string(), v.check(isOrigin, 'write only scheme and host, like "https://news.example.org"'));
const region = v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'write an AWS region like "eu-central-1"'));

/** One machine that publishes by its own clock: `dispatches serve`. */
const serve = v.strictObject({
  /** Address of the public site, used in mails. A reverse proxy answers there, with TLS, and hands on to host and port. */
  siteUrl: origin,
  host: v.optional(v.string(), '127.0.0.1'),
  port: v.optional(count(0, 65_535), 8080),
  /** True: the visitor's address is the last one in X-Forwarded-For, as the proxy in front sets it. */
  behindProxy: v.optional(v.boolean(), false),
  /** Who is mailed what went wrong, by the same service. Default: nobody. */
  operator: v.optional(address),
  /** Which service takes the mail. Secrets come from the environment: docs/self-hosting.md. */
  mail: v.pipe(
    v.strictObject({
      smtp: v.optional(
        v.strictObject({ host: v.string(), port: v.optional(count(1, 65_535), 587), user: v.optional(v.string()) }),
      ),
      ses: v.optional(
        v.strictObject({
          region,
          configurationSet: v.optional(v.string()),
          /** SQS queue that gets the events of the configuration set, by SNS with raw delivery. */
          eventsQueueUrl: v.optional(v.pipe(v.string(), v.url())),
        }),
      ),
    }),
    v.check(({ smtp, ses }) => (smtp === undefined) !== (ses === undefined), 'name one of "smtp" and "ses"'),
  ),
});

const dns = v.strictObject({
  zoneId: v.pipe(v.string(), v.regex(/^Z[A-Z0-9]+$/, 'write the id of a hosted zone, like "Z0123456789ABC"')),
  zoneName: v.pipe(v.string(), v.regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/, 'write a domain like "example.org"')),
  /** What receivers shall do with mail that is not ours. False: the zone has a DMARC record already. */
  dmarc: v.optional(v.union([v.literal(false), v.picklist(['none', 'quarantine', 'reject'])]), 'none'),
});

const stageFields = v.strictObject({
  region,
  account: v.optional(v.pipe(v.string(), v.regex(/^\d{12}$/, 'an AWS account id has 12 digits'))),
  /** Address of the public site, used in mails. Default: the HTTP API's own address. */
  siteUrl: v.optional(origin),
  /** Where alarms go. */
  operator: v.optional(address),
  /** US dollars a month that the account should not spend more than; `operator` is told at 80 %. Default: no such watch. */
  budget: v.optional(count(1, 1_000_000)),
  /** A Route 53 zone of this account, for the host of `siteUrl`, the sender's domain or both: the stack keeps their records. */
  dns: v.optional(dns),
  /** Certificate (ACM, same region) for the host of `siteUrl`. Default: one is made when `dns` has that host. */
  certificate: v.optional(v.pipe(v.string(), v.regex(/^arn:aws[\w-]*:acm:/, 'write the ARN of a certificate in ACM'))),
  /** Addresses or domains that SES, in its sandbox, may mail: it asks for a right to each of them as well. */
  testRecipients: v.optional(
    v.array(v.pipe(v.string(), v.regex(/^([^@\s*?]+@)?([\w-]+\.)+[\w-]+$/, 'write addresses or domains'))),
  ),
  /** Runs of the reader site at once, reserved and no more. Default: what the account has; new accounts may reserve none. */
  doorConcurrency: v.optional(count(1, 1000)),
  /** True: `cdk destroy` deletes the data too. Only for stages that hold nobody's data. */
  disposable: v.optional(v.boolean(), false),
});

const stage = v.pipe(
  stageFields,
  v.check(({ budget, operator }) => !budget || operator !== undefined, 'a budget needs an operator to tell'),
  v.check(({ certificate, siteUrl }) => !certificate || siteUrl !== undefined, 'a certificate needs a siteUrl'),
);

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
