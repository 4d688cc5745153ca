import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { isIn, type StageSettings, senderDomain } from '../../config/schema.ts';
import { ConfigError } from '../../errors.ts';
import type { Door } from './door.ts';
import type { Mail } from './mail.ts';
import { MailRecords } from './mail-records.ts';

export interface NamesProps {
  readonly settings: StageSettings;
  /** Address that readers see as the sender. */
  readonly from: string;
  readonly door: Door;
  readonly mail: Mail;
}

/** The stage's own names, as far as its settings give them: that of the site, and in a zone of Route 53 those of its mail. */
export class Names extends Construct {
  /** Where the record of the site's host has to point. Absent: the site has no name of its own yet. */
  readonly siteTarget?: string;

  /** @throws ConfigError when the zone is for neither the site nor the sender */
  constructor(scope: Construct, id: string, { settings, from, door, mail }: NamesProps) {
    super(scope, id);
    const { dns, siteUrl, certificate } = settings;
    const host = siteUrl && new URL(siteUrl).hostname;
    const domain = senderDomain(from);
    const zone = dns && this.#zone(dns, [domain, ...(host ? [host] : [])]);
    const siteZone = zone && host && isIn(zone.zoneName, host) ? { zone } : {};
    if (host && (certificate || 'zone' in siteZone))
      this.siteTarget = door.name(host, { ...siteZone, ...(certificate && { certificate }) });
    if (dns && zone && isIn(zone.zoneName, domain))
      new MailRecords(this, 'Mail', { zone, domain, identity: mail.identity, dmarc: dns.dmarc });
  }

  /** By its attributes: a look-up would make synthesis ask AWS. */
  #zone({ zoneId, zoneName }: NonNullable<StageSettings['dns']>, names: readonly string[]): IHostedZone {
    if (!names.some((name) => isIn(zoneName, name)))
      throw new ConfigError(
        `The zone ${zoneName} holds neither the site nor the sender (${names.join(', ')}).`,
        'Correct "dns" of the stage, or leave it out and set the records by hand.',
      );
    return HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: zoneId, zoneName });
  }
}
