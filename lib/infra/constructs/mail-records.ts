import { Stack } from 'aws-cdk-lib';
import { CnameRecord, type IHostedZone, MxRecord, TxtRecord } from 'aws-cdk-lib/aws-route53';
import type { EmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';

export interface MailRecordsProps {
  readonly zone: IHostedZone;
  /** The sender's domain. */
  readonly domain: string;
  readonly identity: EmailIdentity;
  /** False: the zone has a DMARC record already. */
  readonly dmarc: 'none' | 'quarantine' | 'reject' | false;
}

/** What the DNS says of our mail: DKIM, SPF by the custom MAIL FROM domain, DMARC. `cli/deploy-steps.ts` prints the same. */
export class MailRecords extends Construct {
  constructor(scope: Construct, id: string, { zone, domain, identity, dmarc }: MailRecordsProps) {
    super(scope, id);
    identity.dkimRecords.forEach(({ name, value }, index) => {
      new CnameRecord(this, `Dkim${index + 1}`, { zone, recordName: `${name}.`, domainName: value });
    });
    const bounces = { zone, recordName: `mail.${domain}.` };
    const hostName = `feedback-smtp.${Stack.of(this).region}.amazonses.com`;
    new MxRecord(this, 'BouncesTo', { ...bounces, values: [{ priority: 10, hostName }] });
    new TxtRecord(this, 'Spf', { ...bounces, values: ['v=spf1 include:amazonses.com ~all'] });
    if (dmarc)
      new TxtRecord(this, 'Dmarc', { zone, recordName: `_dmarc.${domain}.`, values: [`v=DMARC1; p=${dmarc}`] });
  }
}
