import { describe, expect, test } from 'vitest';
import { MAX_RECEIVES } from '../../lib/infra/constructs/queues.ts';
import { ofType, properties, type Resource, synthesise } from './synth.ts';

const kept = synthesise();
const disposable = synthesise({ disposable: true });

/** `Fn::GetAtt` of an ARN -> the logical id. */
function targetOf(value: unknown): string {
  return (value as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
}

describe('what is kept', () => {
  const STATEFUL = ['AWS::DynamoDB::GlobalTable', 'AWS::SecretsManager::Secret'];
  const stateful = (stack = kept): [string, Resource][] => STATEFUL.flatMap((type) => ofType(stack, type));

  test('has logical ids that never change: another id is another, empty table', () => {
    expect(stateful().map(([id]) => id)).toEqual([
      'StorageTableB43FDCE7',
      'KeysTokens8707A27B',
      'KeysIdentityE99CE39F',
    ]);
  });

  test('stays when the stack goes', () => {
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of stateful())
      expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, 'Retain', 'Retain']);
  });

  test('goes with a disposable stage', () => {
    for (const [id, { DeletionPolicy }] of stateful(disposable)) expect([id, DeletionPolicy]).toEqual([id, 'Delete']);
  });

  test('can be restored to any second and cannot be deleted by mistake', () => {
    expect(properties(kept, 'AWS::DynamoDB::GlobalTable')).toMatchObject([
      {
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        Replicas: [
          {
            Region: 'eu-central-1',
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    ]);
  });

  test('has no name of its own choosing, so that two stages and a restored copy fit in one account', () => {
    const named = Object.entries(kept.resources).filter(([, { Properties = {} }]) =>
      ['TableName', 'QueueName', 'TopicName', 'RoleName'].some((key) => key in Properties),
    );
    expect(named).toEqual([]);
  });
});

describe('functions', () => {
  const functions = ofType(kept, 'AWS::Lambda::Function');

  test('are the six, on Node 24 and arm64', () => {
    expect(functions).toHaveLength(6);
    for (const [, { Properties }] of functions) {
      expect(Properties.Runtime).toBe('nodejs24.x');
      expect(Properties.Architectures).toEqual(['arm64']);
      expect(Properties.MemorySize).toBeGreaterThanOrEqual(256);
      expect(Properties.Timeout).toBeLessThanOrEqual(300);
    }
  });

  test('write each to a log group of their own', () => {
    const logs = functions.map(([, { Properties }]) => JSON.stringify(Properties.LoggingConfig));
    expect(new Set(logs).size).toBe(functions.length);
  });

  test('that a schedule starts give up on an old tick and leave it where an alarm looks', () => {
    const configs = ofType(kept, 'AWS::Lambda::EventInvokeConfig');
    expect(configs).toHaveLength(3);
    for (const [, { Properties }] of configs) {
      expect(Properties).toMatchObject({ MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 2 });
      expect(
        targetOf((Properties.DestinationConfig as { OnFailure: { Destination: unknown } }).OnFailure.Destination),
      ).toMatch(/^TicksDead/);
    }
  });
});

test('every log ends after a month', () => {
  for (const [id, { Properties }] of ofType(kept, 'AWS::Logs::LogGroup'))
    expect([id, Properties.RetentionInDays]).toEqual([id, 30]);
});

describe('queues', () => {
  const queues = Object.fromEntries(ofType(kept, 'AWS::SQS::Queue'));
  const functions = Object.fromEntries(ofType(kept, 'AWS::Lambda::Function'));

  test('either set aside what keeps failing or are where it is set aside, for 14 days', () => {
    for (const [id, { Properties }] of Object.entries(queues)) {
      const redrive = Properties.RedrivePolicy as { deadLetterTargetArn: unknown; maxReceiveCount: number } | undefined;
      if (!redrive) {
        expect([id, Properties.MessageRetentionPeriod]).toEqual([id, 14 * 86_400]);
        continue;
      }
      expect(redrive.maxReceiveCount).toBe(MAX_RECEIVES);
      expect(queues[targetOf(redrive.deadLetterTargetArn)]?.Properties.RedrivePolicy).toBeUndefined();
    }
  });

  test('keep their messages encrypted', () => {
    for (const [id, { Properties }] of Object.entries(queues))
      expect([id, Properties.SqsManagedSseEnabled]).toEqual([id, true]);
  });

  test('hide a message at least six times as long as its function may take', () => {
    const mappings = ofType(kept, 'AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(3);
    for (const [, { Properties }] of mappings) {
      const visibility = queues[targetOf(Properties.EventSourceArn)]?.Properties.VisibilityTimeout as number;
      const reader = (Properties.FunctionName as { Ref: string }).Ref;
      expect(visibility).toBeGreaterThanOrEqual(6 * (functions[reader]?.Properties.Timeout as number));
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
  });

  test('are read no faster than SES takes mail, and no job waits behind another that was received with it', () => {
    const [jobs] = properties(kept, 'AWS::Lambda::EventSourceMapping');
    expect(jobs).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
  });

  test('and topics refuse what does not come over TLS', () => {
    const policies = [...ofType(kept, 'AWS::SQS::QueuePolicy'), ...ofType(kept, 'AWS::SNS::TopicPolicy')];
    expect(policies).toHaveLength(Object.keys(queues).length + 2);
    for (const [, { Properties }] of policies)
      expect(JSON.stringify(Properties)).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
  });
});

describe('schedules', () => {
  const schedules = ofType(kept, 'AWS::Scheduler::Schedule');

  test('collect as the configuration says, publish on every quarter of an hour and tidy once a day, in UTC', () => {
    expect(
      schedules.map(([, { Properties }]) => [Properties.ScheduleExpression, Properties.ScheduleExpressionTimezone]),
    ).toEqual([
      ['rate(15 minutes)', 'Etc/UTC'],
      ['cron(0/15 * * * ? *)', 'Etc/UTC'],
      ['cron(40 3 * * ? *)', 'Etc/UTC'],
    ]);
  });

  test('retry for a quarter of an hour, then leave the tick in the dead letters', () => {
    for (const [, { Properties }] of schedules) {
      const target = Properties.Target as { RetryPolicy: unknown; DeadLetterConfig: { Arn: unknown } };
      expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 3 });
      expect(targetOf(target.DeadLetterConfig.Arn)).toMatch(/^TicksDead/);
    }
  });

  test('tell publish the time that was due, not the time at which it runs', () => {
    const [, publish] = properties(kept, 'AWS::Scheduler::Schedule');
    expect(publish?.Target).toMatchObject({ Input: '{"at":"<aws.scheduler.scheduled-time>"}' });
  });
});

describe('mail', () => {
  test('leaves over TLS, from the domain of the sender, and is not followed', () => {
    expect(properties(kept, 'AWS::SES::EmailIdentity')).toMatchObject([
      {
        EmailIdentity: 'dispatches.example',
        FeedbackAttributes: { EmailForwardingEnabled: false },
        MailFromAttributes: { MailFromDomain: 'mail.dispatches.example', BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
      },
    ]);
    expect(properties(kept, 'AWS::SES::ConfigurationSet')).toMatchObject([
      {
        DeliveryOptions: { TlsPolicy: 'REQUIRE' },
        ReputationOptions: { ReputationMetricsEnabled: true },
        SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
      },
    ]);
  });

  test('comes back as events through a topic that only SES may write to, never through a public door', () => {
    expect(properties(kept, 'AWS::SES::ConfigurationSetEventDestination')).toMatchObject([
      {
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['send', 'bounce', 'complaint', 'reject', 'deliveryDelay', 'renderingFailure'],
        },
      },
    ]);
    expect(properties(kept, 'AWS::SNS::Subscription')).toMatchObject([{ Protocol: 'sqs', RawMessageDelivery: true }]);
    const [policy] = properties(kept, 'AWS::SNS::TopicPolicy');
    const { Statement = [] } = { ...(policy?.PolicyDocument as { Statement: { Effect: string }[] } | undefined) };
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      {
        Principal: { Service: 'ses.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceAccount': '123456789012' } },
      },
    ]);
  });
});

describe('the door', () => {
  test('is an HTTP API with a throttle', () => {
    expect(properties(kept, 'AWS::ApiGatewayV2::Stage')).toMatchObject([
      {
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingRateLimit: 25, ThrottlingBurstLimit: 100 },
      },
    ]);
  });

  test('logs neither paths (links hold tokens) nor network addresses', () => {
    const [stage] = properties(kept, 'AWS::ApiGatewayV2::Stage');
    const { Format = '' } = { ...(stage?.AccessLogSettings as { Format: string } | undefined) };
    expect(Format).toContain('$context.status');
    expect(Format).not.toMatch(/path|routeKey|sourceIp|userAgent|query/i);
  });
});

test('the site has the address of the configuration, without a slash at its end, else the address of the API', () => {
  const own = synthesise({ siteUrl: 'https://news.example/' });
  for (const [, { Properties }] of ofType(own, 'AWS::Lambda::Function'))
    expect(Properties.Environment).toMatchObject({ Variables: { SITE_URL: 'https://news.example' } });
  for (const [, { Properties }] of ofType(kept, 'AWS::Lambda::Function'))
    expect(Properties.Environment).toMatchObject({
      Variables: { SITE_URL: { 'Fn::GetAtt': [expect.stringMatching(/^DoorApi/), 'ApiEndpoint'] } },
    });
});
