import { describe, expect, test } from 'vitest';
import { ofType, properties, synthesise } from './synth.ts';

const quiet = synthesise();
const alarms = ofType(quiet, 'AWS::CloudWatch::Alarm');

describe('every alarm', () => {
  test('says in its text what happened and what to do', () => {
    expect(alarms.length).toBeGreaterThan(15);
    for (const [id, { Properties }] of alarms)
      expect([id, Properties.AlarmDescription]).toEqual([id, expect.stringMatching(/^[A-Z].+[.:] [A-Z].+[.]$/)]);
  });

  test('goes to the one topic', () => {
    for (const [, { Properties }] of alarms)
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^WatchAlarms/) }]);
  });

  test('is raised by silence only where silence is what is wrong', () => {
    const loud = alarms.filter(([, { Properties }]) => Properties.TreatMissingData === 'breaching');
    expect(loud.map(([id]) => id)).toEqual([expect.stringMatching(/^WatchNoTicks/)]);
  });
});

test('every queue for what was set aside is watched', () => {
  const watched = JSON.stringify(alarms.filter(([id]) => id.includes('SetAside')));
  const dead = ofType(quiet, 'AWS::SQS::Queue').filter(([, { Properties }]) => !Properties.RedrivePolicy);
  expect(dead).toHaveLength(3);
  for (const [id] of dead) expect(watched).toContain(`["${id}","QueueName"]`);
});

test('more than half of the feeds must fail for an hour before anybody is woken', () => {
  const [, alarm] = alarms.find(([id]) => id.startsWith('WatchFeedsFail')) ?? [];
  expect(alarm?.Properties).toMatchObject({ Threshold: 8, EvaluationPeriods: 4 });
});

test('the operator of the stage gets the alarms by mail; without one nobody does', () => {
  const mailed = synthesise({ operator: 'operator@dispatches.example' });
  const byMail = (stack: typeof quiet) =>
    properties(stack, 'AWS::SNS::Subscription').filter(({ Protocol }) => Protocol === 'email');
  expect(byMail(quiet)).toEqual([]);
  expect(byMail(mailed)).toMatchObject([{ Endpoint: 'operator@dispatches.example' }]);
});

test('CloudWatch of this account may publish alarms', () => {
  const policies = properties(quiet, 'AWS::SNS::TopicPolicy').map((policy) => JSON.stringify(policy));
  const ours = policies.filter((policy) => policy.includes('WatchAlarms')).join();
  expect(ours).toContain('"Service":"cloudwatch.amazonaws.com"');
  expect(ours).toContain('{"StringEquals":{"aws:SourceAccount":"123456789012"}}');
});
