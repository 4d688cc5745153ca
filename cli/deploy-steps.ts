import type { StageSettings } from '../lib/config/schema.ts';

/** What the stack says about itself. */
export interface Outputs {
  readonly SiteUrl: string;
  readonly ApiUrl: string;
}

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
    ...(mail.verified ? [] : dnsSteps(mail, settings.region)),
    ...(mail.sandbox ? sandboxSteps(settings.region) : []),
    ...(settings.siteUrl ? [`Point ${settings.siteUrl} at ${outputs.ApiUrl}.`] : []),
  ];
}

/** DKIM, SPF (by a custom MAIL FROM domain) and DMARC, in that order. */
function dnsSteps({ domain, dkimTokens }: MailState, region: string): readonly string[] {
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

function sandboxSteps(region: string): readonly string[] {
  return [
    '',
    `This account is in the SES sandbox in ${region}: it can mail only addresses that you verify yourself.`,
    'To mail readers, ask AWS for production access; docs/deploy.md has the text to send.',
  ];
}
