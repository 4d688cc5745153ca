import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXED } from '../support/cost-table.ts';
import { ofType, properties, synthesise } from './synth.ts';

const root = resolve(import.meta.dirname, '../..');
const quiet = synthesise();
const alarms = ofType(quiet, 'AWS::CloudWatch::Alarm');

/** Each alarm's text ends with its name, as the handbook has it. */
function nameIn(description: unknown): string {
  return /docs\/alarms\.md, (\w+)\.$/.exec(String(description))?.[1] ?? 'none';
}

test('there are as many alarms as docs/cost.md reckons with, and each is paid for', () => {
  expect(alarms).toHaveLength(FIXED.alarms);
});

describe('every alarm', () => {
  test('says in its text what happened and what to do', () => {
    expect(alarms.length).toBeGreaterThan(15);
    for (const [id, { Properties }] of alarms)
      expect([id, Properties.AlarmDescription]).toEqual([id, expect.stringMatching(/^[A-Z].+[.:] [A-Z].+[.]$/)]);
  });

  test('has its entry in the handbook, and the handbook has no other', () => {
    const handbook = readFileSync(join(root, 'docs/alarms.md'), 'utf8');
    const entries = [...handbook.matchAll(/^### (.+)$/gm)].flatMap(([, names = '']) => names.split(', '));
    const names = alarms.map(([, { Properties }]) => nameIn(Properties.AlarmDescription));
    expect([...names, 'Spend'].sort()).toEqual(entries.sort());
    for (const entry of handbook.split(/^### /m).slice(1))
      expect(entry).toMatch(/\n\*\*What happened\.\*\* [\s\S]+\n\*\*What to do\.\*\* /);
  });

  test('goes to the one topic', () => {
    for (const [, { Properties }] of alarms)
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^WatchAlarms/) }]);
  });

  test('is raised by silence only where silence is what is wrong', () => {
    const loud = alarms.filter(([, { Properties }]) => Properties.TreatMissingData === 'breaching');
    expect(loud.map(([, { Properties }]) => nameIn(Properties.AlarmDescription))).toEqual([
      'NoEdition',
      'NoNews',
      'NotTidied',
    ]);
  });
});

test('a stage has a dashboard when it asks for one, and that shows the state of every alarm', () => {
  expect(ofType(quiet, 'AWS::CloudWatch::Dashboard')).toEqual([]);
  const [dashboard] = properties(synthesise({ dashboard: true }), 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(dashboard?.DashboardBody);
  expect(alarms.filter(([id]) => !body.includes(`"Fn::GetAtt":["${id}","Arn"]`))).toEqual([]);
});

/** Errors that no filter looks for, and why they are heard all the same. */
const HEARD_OTHERWISE: Readonly<Record<string, string>> = {
  'alert not published': 'the run fails: NoEdition, TicksSetAside',
  'editions not published': 'the run fails: NoEdition, TicksSetAside',
  'edition not swept': 'the run fails: NoEdition, TicksSetAside',
  'feed broke the reader': 'the feed is failing: FeedsFail',
  'sending braked': 'the next tick finds sending off: SendingOff',
};

test('every error that a function writes in its log raises an alarm', () => {
  const sources = globSync('lib/{delivery,editions,feeds,selection,storage,subscriptions,web,runtime/aws}/**/*.ts', {
    cwd: root,
  });
  const errors = sources.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\blog\.error\(\s*['"`]([^'"`]+)/g)].map(
      ([, message]) => message,
    ),
  );
  const looked = properties(quiet, 'AWS::Logs::MetricFilter').flatMap(({ FilterPattern }) =>
    [...String(FilterPattern).matchAll(/\$\.message = "([^"*]+)/g)].map(([, message = '']) => message),
  );
  const unheard = errors.filter((message = '') => !looked.some((start) => message.startsWith(start)));
  expect(errors.length).toBeGreaterThan(8);
  expect([...new Set(unheard)].sort()).toEqual(Object.keys(HEARD_OTHERWISE).sort());
});

test('every queue for what was set aside is watched', () => {
  const watched = JSON.stringify(alarms.filter(([id]) => id.includes('SetAside')));
  const dead = ofType(quiet, 'AWS::SQS::Queue').filter(([, { Properties }]) => !Properties.RedrivePolicy);
  expect(dead).toHaveLength(4);
  for (const [id] of dead) expect(watched).toContain(`["${id}","QueueName"]`);
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
