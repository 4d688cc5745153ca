import { Resolver } from 'node:dns/promises';
import { type Finding, failure, ok, warning } from './finding.ts';

/** The questions to the DNS. Each gives an empty list when there is no such record, and throws when nobody answers. */
export interface Dns {
  txt(name: string): Promise<readonly string[]>;
  cname(name: string): Promise<readonly string[]>;
  mx(name: string): Promise<readonly string[]>;
}

/** The name servers of this machine, with little patience. */
export function systemDns(): Dns {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const none = (error: NodeJS.ErrnoException): readonly never[] => {
    if (error.code === 'ENODATA' || error.code === 'ENOTFOUND') return [];
    throw error;
  };
  return {
    txt: async (name) => (await resolver.resolveTxt(name).catch(none)).map((parts) => parts.join('')),
    cname: (name) => resolver.resolveCname(name).catch(none),
    mx: async (name) => (await resolver.resolveMx(name).catch(none)).map(({ exchange }) => exchange),
  };
}

/** DMARC (RFC 7489): a policy at the sender's domain, or at the one above it. */
export async function checkDmarc(dns: Dns, domain: string): Promise<readonly Finding[]> {
  const above = domain.split('.').slice(-2).join('.');
  const records = (await Promise.all([...new Set([domain, above])].map((name) => dns.txt(`_dmarc.${name}`)))).flat();
  const policy = records.find((text) => /^v=DMARC1\b/i.test(text));
  if (policy) return [ok('DMARC', `${domain}: ${policy}`)];
  return [
    failure(
      'DMARC',
      `${domain} has no DMARC policy; large providers refuse bulk mail without one`,
      `Add the DNS record: _dmarc.${domain} TXT "v=DMARC1; p=none"`,
    ),
  ];
}

/** SPF (RFC 7208) of the domain that bounces go to. @param include what the mail service must be named by */
export async function checkSpf(dns: Dns, domain: string, include?: string): Promise<readonly Finding[]> {
  const wanted = include ? `v=spf1 include:${include} ~all` : 'v=spf1 … ~all';
  const records = (await dns.txt(domain)).filter((text) => /^v=spf1\b/i.test(text));
  const fix = `Add the DNS record: ${domain} TXT "${wanted}"${include ? '' : ', naming the machines of your relay'}`;
  if (records.length > 1)
    return [failure('SPF', `${domain} has ${records.length} SPF records, so none counts`, 'Keep one.')];
  const [record] = records;
  if (!record) return [failure('SPF', `${domain} has no SPF record`, fix)];
  if (include && !record.includes(include))
    return [warning('SPF', `${domain} does not name ${include}: ${record}`, `Add include:${include} to that record.`)];
  return [ok('SPF', `${domain}: ${record}`)];
}

/** The three CNAME records by which SES signs. */
export async function checkDkim(dns: Dns, domain: string, tokens: readonly string[]): Promise<readonly Finding[]> {
  const wanted = tokens.map((token) => [`${token}._domainkey.${domain}`, `${token}.dkim.amazonses.com`] as const);
  const found = await Promise.all(wanted.map(([name]) => dns.cname(name)));
  const missing = wanted.filter(([, target], index) => !found[index]?.some((one) => bare(one) === target));
  if (missing.length === 0) return [ok('DKIM records', `${tokens.length} in the DNS of ${domain}`)];
  const lines = missing.map(([name, target]) => `${name} CNAME ${target}`);
  return [
    failure(
      'DKIM records',
      `${missing.length} of ${tokens.length} are not in the DNS of ${domain}`,
      `Add the DNS record${lines.length > 1 ? 's' : ''}: ${lines.join('; ')}`,
    ),
  ];
}

/** Where bounces of a custom MAIL FROM domain go. */
export async function checkBounceMx(dns: Dns, domain: string, target: string): Promise<readonly Finding[]> {
  const found = (await dns.mx(domain)).map(bare);
  if (found.includes(target)) return [ok('MAIL FROM', `${domain} leads to ${target}`)];
  return [failure('MAIL FROM', `${domain} has no MX ${target}`, `Add the DNS record: ${domain} MX 10 ${target}`)];
}

const bare = (name: string) => name.toLowerCase().replace(/\.$/, '');
