import {
  GetAccountCommand,
  type GetAccountCommandOutput,
  GetEmailIdentityCommand,
  type GetEmailIdentityCommandOutput,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { askingAws, clientConfig } from '../stage/clients.ts';
import { checkBounceMx, checkDkim, checkDmarc, checkSpf, type Dns } from './dns.ts';
import { attempt, type Finding, failure, ok, warning } from './finding.ts';

export interface SesChecks {
  readonly region: string;
  /** The domain that mail is sent from. */
  readonly domain: string;
  readonly dns: Dns;
}

/** The account's standing with SES, the sender's identity, and what the DNS says about it. */
export async function checkSes(input: SesChecks): Promise<readonly Finding[]> {
  const client = new SESv2Client(clientConfig(input));
  try {
    const [account, identity] = await Promise.all([
      attempt('SES account', async () =>
        standing(await askingAws(() => client.send(new GetAccountCommand({}))), input),
      ),
      attempt('SES identity', async () => identityOf(await describe(client, input.domain), input)),
    ]);
    return [...account, ...identity, ...(await attempt('DMARC', () => checkDmarc(input.dns, input.domain)))];
  } finally {
    client.destroy();
  }
}

function describe(client: SESv2Client, domain: string): Promise<GetEmailIdentityCommandOutput | undefined> {
  const question = new GetEmailIdentityCommand({ EmailIdentity: domain });
  return askingAws(() =>
    client.send(question).catch((error: unknown) => {
      if (error instanceof NotFoundException) return undefined;
      throw error;
    }),
  );
}

function standing(account: GetAccountCommandOutput, { region }: SesChecks): readonly Finding[] {
  const {
    EnforcementStatus: enforcement = 'HEALTHY',
    SendingEnabled,
    ProductionAccessEnabled,
    SuppressionAttributes,
  } = account;
  const { Max24HourSend = 0, SentLast24Hours = 0, MaxSendRate = 0 } = account.SendQuota ?? {};
  const left = Max24HourSend - SentLast24Hours;
  const quota = `${SentLast24Hours} of ${Max24HourSend} mails in 24 hours, ${MaxSendRate} a second`;
  const reasons = SuppressionAttributes?.SuppressedReasons ?? [];
  return [
    SendingEnabled === false || enforcement === 'SHUTDOWN'
      ? failure(
          'Sending',
          `SES has paused sending in ${region} (${enforcement})`,
          'SES console, Account dashboard: it says why and how to appeal.',
        )
      : enforcement === 'HEALTHY'
        ? ok('Sending', `enabled in ${region}`)
        : warning(
            'Sending',
            `SES has put the account on ${enforcement.toLowerCase()}`,
            'SES console, Reputation metrics: find the source of bounces or complaints.',
          ),
    ProductionAccessEnabled
      ? ok('Sandbox', 'this account may mail anybody')
      : failure(
          'Sandbox',
          `in ${region} this account may mail only addresses that it verified`,
          'Ask for production access: docs/deploy.md has the text to send.',
        ),
    left < Max24HourSend * 0.1
      ? warning('Quota', quota, 'SES console, Account dashboard: request an increase before the next edition.')
      : ok('Quota', quota),
    reasons.length === 2
      ? ok('Suppression', 'SES suppresses addresses that bounced or complained')
      : warning(
          'Suppression',
          `the account's list takes ${reasons.join(' and ').toLowerCase() || 'nothing'}`,
          'SES console, Suppression list: switch on both bounces and complaints. The stage does so for its own mail.',
        ),
  ];
}

async function identityOf(
  found: GetEmailIdentityCommandOutput | undefined,
  input: SesChecks,
): Promise<readonly Finding[]> {
  const { region, domain, dns } = input;
  if (!found)
    return [
      failure(
        'SES identity',
        `SES in ${region} does not know ${domain}`,
        'Deploy the stage, or add the domain as an identity in the SES console.',
      ),
    ];
  const { DkimAttributes, MailFromAttributes } = found;
  const bounces = MailFromAttributes?.MailFromDomain;
  return [
    found.VerifiedForSendingStatus
      ? ok('SES identity', `${domain} is verified in ${region}`)
      : failure(
          'SES identity',
          `${domain} is not verified (DKIM ${DkimAttributes?.Status ?? 'unknown'})`,
          'Add the DKIM records below; SES finds them within minutes to hours.',
        ),
    ...(await attempt('DKIM records', () => checkDkim(dns, domain, DkimAttributes?.Tokens ?? []))),
    ...(bounces
      ? await attempt('MAIL FROM', () => checkBounceMx(dns, bounces, `feedback-smtp.${region}.amazonses.com`))
      : []),
    ...(await attempt('SPF', () => checkSpf(dns, bounces ?? domain, 'amazonses.com'))),
  ];
}
