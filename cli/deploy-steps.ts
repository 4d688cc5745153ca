import type { StackOutputs } from '../lib/config/outputs.ts';
import { isIn, type StageSettings } from '../lib/config/schema.ts';

/** As far as the next steps need them. */
export type Outputs = Pick<StackOutputs, 'SiteUrl' | 'ApiUrl'> & {
  /** Where the record of the site's host has to point, once the stack has a certificate for it. */
  readonly SiteTarget?: string;
};

export interface MailState {
  readonly domain: string;
  /** SES has seen the DKIM records. */
  readonly verified: boolean;
  /** Each names one DKIM record. */
  readonly dkimTokens: readonly string[];
  /** The account may only mail addresses that it verified itself. */
  readonly sandbox: boolean;
}

export interface Deployed {
  readonly stage: string;
  readonly settings: StageSettings;
  readonly outputs: Outputs;
  readonly mail: MailState;
}

/** What the operator does next, as lines. */
export function nextSteps({ stage, settings, outputs, mail }: Deployed): readonly string[] {
  return [
    `Stage "${stage}" is deployed. The reader site: ${outputs.SiteUrl}`,
    ...(mail.verified ? [] : dnsSteps(mail, settings)),
    ...(mail.sandbox ? sandboxSteps(settings.region) : []),
    ...siteSteps(settings, outputs),
    ...operatorSteps(settings),
  ];
}

/** DKIM, SPF (by a custom MAIL FROM domain) and DMARC, in that order. */
function dnsSteps({ domain, dkimTokens }: MailState, { region, dns }: StageSettings): readonly string[] {
  if (dns && isIn(dns.zoneName, domain))
    return ['', `SES has not verified ${domain} yet. Its records are in ${dns.zoneName}; it takes minutes to hours.`];
  return [
    '',
    `No mail leaves yet: SES has not verified ${domain}. Add these DNS records there:`,
    ...dkimTokens.map((token) => `  ${token}._domainkey.${domain} CNAME ${token}.dkim.amazonses.com`),
    `  mail.${domain} MX 10 feedback-smtp.${region}.amazonses.com`,
    `  mail.${domain} TXT "v=spf1 include:amazonses.com ~all"`,
    `  _dmarc.${domain} TXT "v=DMARC1; p=none" (unless there is one)`,
    'SES looks for them by itself; it takes minutes to hours.',
  ];
}

/** A name of its own needs a certificate first, then a record. */
function siteSteps({ siteUrl, dns, region }: StageSettings, { ApiUrl, SiteTarget }: Outputs): readonly string[] {
  if (!siteUrl) return [];
  const { hostname } = new URL(siteUrl);
  if (dns && isIn(dns.zoneName, hostname)) return [];
  if (SiteTarget)
    return ['', 'Links lead to the reader site once this DNS record is there:', `  ${hostname} CNAME ${SiteTarget}`];
  return [
    '',
    `${hostname} has to lead to the reader site. Ask ACM in ${region} for a certificate for it, name its ARN as "certificate" of`,
    `the stage and deploy again; or point a proxy of yours at ${ApiUrl}.`,
  ];
}

/** Of a stage that is for good: alarms that nobody hears are none. */
function operatorSteps({ operator, disposable }: StageSettings): readonly string[] {
  if (disposable) return [];
  if (!operator) return ['', 'Nobody hears the alarms: name an "operator" of the stage and deploy again.'];
  return ['', `AWS asks ${operator} once whether alarms may come: press the link in that mail.`];
}

function sandboxSteps(region: string): readonly string[] {
  return [
    '',
    `This account is in the SES sandbox in ${region}: it can mail only addresses that you verify yourself.`,
    'To mail readers, ask AWS for production access; docs/deploy.md has the text to send.',
  ];
}
