import * as v from 'valibot';
import { address, count, origin, region } from './fields.ts';

/** One machine that publishes by its own clock: `dispatches serve`. */
export const serve = v.strictObject({
  /** Address of the public site, used in mails. A reverse proxy answers there, with TLS, and hands on to this. */
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
  /** US dollars a month not to be exceeded by the account; `operator` is told at 80 %. Default: no such watch. */
  budget: v.optional(count(1, 1_000_000)),
  /** True: a dashboard in CloudWatch, which AWS takes three dollars a month for. */
  dashboard: v.optional(v.boolean()),
  /**
   * A Route 53 zone of this account, for the host of `siteUrl`, the sender's domain or both: the stack keeps their
   * records.
   */
  dns: v.optional(dns),
  /** Certificate (ACM, same region) for the host of `siteUrl`. Default: one is made when `dns` has that host. */
  certificate: v.optional(v.pipe(v.string(), v.regex(/^arn:aws[\w-]*:acm:/, 'write the ARN of a certificate in ACM'))),
  /** Addresses or domains that SES, in its sandbox, may mail: it asks for a right to each of them as well. */
  testRecipients: v.optional(
    v.array(v.pipe(v.string(), v.regex(/^([^@\s*?]+@)?([\w-]+\.)+[\w-]+$/, 'write addresses or domains'))),
  ),
  /** Runs of the reader site at once, reserved. Default: what the account has; new accounts may reserve none. */
  doorConcurrency: v.optional(count(1, 1000)),
  /** True: `cdk destroy` deletes the data too. Only for stages that hold nobody's data. */
  disposable: v.optional(v.boolean(), false),
});

export const stage = v.pipe(
  stageFields,
  v.check(({ budget, operator }) => !budget || operator !== undefined, 'a budget needs an operator to tell'),
  v.check(({ certificate, siteUrl }) => !certificate || siteUrl !== undefined, 'a certificate needs a siteUrl'),
);
