import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../lib/config/parse.ts';
import { ofType, properties, synthesise } from './synth.ts';

const ZONE = { zoneId: 'Z0123456789ABC', dmarc: 'none' } as const;
const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/1';
const siteUrl = 'https://news.dispatches.example';

/** Name and type of the records, without the tokens in DKIM names. */
function records(stack: ReturnType<typeof synthesise>): readonly string[] {
  return properties(stack, 'AWS::Route53::RecordSet').map(({ Name, Type, ResourceRecords }) => {
    const value = ResourceRecords ? ` ${JSON.stringify(ResourceRecords)}` : '';
    return `${JSON.stringify(Name).includes('DkimDNSTokenName') ? 'dkim' : Name} ${Type}${value.includes('Fn::') ? '' : value}`;
  });
}

describe('names', () => {
  test('are none without settings: the site answers at the address of the API', () => {
    const stack = synthesise();
    for (const type of [
      'AWS::Route53::RecordSet',
      'AWS::ApiGatewayV2::DomainName',
      'AWS::CertificateManager::Certificate',
    ])
      expect(ofType(stack, type)).toEqual([]);
  });

  test('are all kept in a zone of Route 53 that holds site and sender, without asking AWS at synthesis', () => {
    const stack = synthesise({ siteUrl, dns: { ...ZONE, zoneName: 'dispatches.example' } });
    expect(records(stack)).toEqual([
      'news.dispatches.example. A',
      'dkim CNAME',
      'dkim CNAME',
      'dkim CNAME',
      'mail.dispatches.example. MX ["10 feedback-smtp.eu-central-1.amazonses.com"]',
      'mail.dispatches.example. TXT ["\\"v=spf1 include:amazonses.com ~all\\""]',
      '_dmarc.dispatches.example. TXT ["\\"v=DMARC1; p=none\\""]',
    ]);
    expect(properties(stack, 'AWS::CertificateManager::Certificate')).toMatchObject([
      { DomainName: 'news.dispatches.example', ValidationMethod: 'DNS' },
    ]);
    expect(properties(stack, 'AWS::ApiGatewayV2::ApiMapping')).toHaveLength(1);
    expect(stack.app.synth().manifest.missing).toBeUndefined();
  });

  test('leave a DMARC record alone that is there already', () => {
    const stack = synthesise({ dns: { ...ZONE, zoneName: 'dispatches.example', dmarc: false } });
    expect(records(stack).filter((record) => record.startsWith('_dmarc'))).toEqual([]);
  });

  test("of the site alone, when the zone is not the sender's", () => {
    const stack = synthesise({ siteUrl: 'https://news.example', dns: { ...ZONE, zoneName: 'news.example' } });
    expect(records(stack)).toEqual(['news.example. A']);
  });

  test('of the site need no zone, when there is a certificate', () => {
    const stack = synthesise({ siteUrl, certificate: CERTIFICATE });
    expect(properties(stack, 'AWS::ApiGatewayV2::DomainName')).toMatchObject([
      { DomainName: 'news.dispatches.example', DomainNameConfigurations: [{ CertificateArn: CERTIFICATE }] },
    ]);
    expect(records(stack)).toEqual([]);
  });

  test('in a zone of neither are refused', () => {
    expect(() => synthesise({ siteUrl, dns: { ...ZONE, zoneName: 'ches.example' } })).toThrow(
      'The zone ches.example holds neither the site nor the sender (dispatches.example, news.dispatches.example).',
    );
  });
});

test('in the sandbox deliver may mail those named besides, and nobody else', () => {
  const text = (stack: ReturnType<typeof synthesise>) =>
    properties(stack, 'AWS::IAM::Policy')
      .map((policy) => JSON.stringify(policy))
      .filter((policy) => policy.includes('ses:SendRawEmail'))
      .join();
  expect(text(synthesise({ testRecipients: ['me@example.org'] }))).toContain(':identity/me@example.org"');
  expect(text(synthesise())).not.toContain(':identity/me');
});

test('the reader site has a share of the runs of its own only if the stage says so', () => {
  const reserved = (stack: ReturnType<typeof synthesise>) =>
    ofType(stack, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) =>
      Properties.ReservedConcurrentExecutions ? [`${id.slice(0, 3)} ${Properties.ReservedConcurrentExecutions}`] : [],
    );
  expect(reserved(synthesise())).toEqual([]);
  expect(reserved(synthesise({ doorConcurrency: 20 }))).toEqual(['Web 20']);
});

test('Spend: the operator is told at 80 % of the budget, and when the month will pass it', () => {
  const [spend] = properties(synthesise({ operator: 'me@example.org', budget: 25 }), 'AWS::Budgets::Budget');
  expect(spend).toMatchObject({
    Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 25, Unit: 'USD' } },
    NotificationsWithSubscribers: [
      { Notification: { NotificationType: 'ACTUAL', Threshold: 80, ComparisonOperator: 'GREATER_THAN' } },
      { Notification: { NotificationType: 'FORECASTED', Threshold: 100, ComparisonOperator: 'GREATER_THAN' } },
    ],
  });
  expect(JSON.stringify(spend)).toContain('{"Address":"me@example.org","SubscriptionType":"EMAIL"}');
  expect(ofType(synthesise({ operator: 'me@example.org' }), 'AWS::Budgets::Budget')).toEqual([]);
});

describe('a stage that makes no sense is refused', () => {
  const config = (stage: Readonly<Record<string, unknown>>) => ({
    publication: { id: 'war', name: 'Dispatches', from: 'digest@dispatches.example', contact: 'A test.' },
    locales: ['nl'],
    digest: { hour: 7, zone: 'UTC' },
    stages: { prod: { region: 'eu-central-1', ...stage } },
  });

  test.each([
    [{ budget: 10 }, 'a budget needs an operator to tell'],
    [{ certificate: CERTIFICATE }, 'a certificate needs a siteUrl'],
    [{ certificate: 'mine' }, 'write the ARN of a certificate in ACM'],
    [{ testRecipients: ['*'] }, 'write addresses or domains'],
    [{ dns: { zoneId: 'example.org', zoneName: 'example.org' } }, 'write the id of a hosted zone'],
  ])('%j', (stage, sentence) => {
    expect(() => parseConfig(config(stage))).toThrow(sentence);
  });
});
