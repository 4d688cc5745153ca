import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FunctionName } from '../../lib/config/env.ts';
import { publish } from '../../lib/delivery/publish.ts';
import { pauseSending } from '../../lib/delivery/sending.ts';
import { MAX_RECEIVES } from '../../lib/infra/constructs/queues.ts';
import { silent } from '../../lib/log.ts';
import type { Point } from '../support/cloudwatch.ts';
import { batch, DUE, past, request, tick } from '../support/events.ts';
import { type Functions, refusal, startFunctions } from '../support/functions.ts';
import type { Invocation, Step } from '../support/lambda.ts';
import { config, item, pickAll, reader, site } from '../support/newsroom.ts';
import { properties } from './synth.ts';
import { type Watching, watching } from './watching.ts';

let functions: Functions;
let cloudWatch: Watching;

beforeAll(async () => {
  functions = await startFunctions();
  cloudWatch = watching(functions.built);
}, 180_000);

afterAll(() => functions.close());

const raised: Watching['raised'] = (...what) => cloudWatch.raised(...what);

/** A stage whose runs are told with what CloudWatch knows of them. */
async function stage(...how: Parameters<Functions['stage']>) {
  const { stores, run } = await functions.stage(...how);
  return {
    stores,
    async run(
      name: FunctionName,
      ...steps: readonly Step[]
    ): Promise<{ runs: readonly Invocation[]; points: readonly Point[] }> {
      const runs = await run(name, ...steps);
      return { runs, points: cloudWatch.pointsOf(name, runs) };
    },
  };
}

/** News, a reader, and the tick that makes their edition and its job. */
async function published() {
  const at = await stage();
  await at.stores.subscribers.put(reader(1, 'nl'), 0);
  const { points: read } = await at.run('collect', { at: past(-30) });
  const { points } = await at.run('publish', tick(0));
  const [job] = functions.queue;
  return { ...at, points: [...read, ...points], job: job ?? expect.unreachable('no job') };
}

test('on a day like any other nothing is raised', async () => {
  const { run, points, job } = await published();
  const sent = await run('deliver', batch(job, 1));
  const rest = [
    await run('tidy', { at: past(5) }),
    await run('web', request('/', 6)),
    await run('feedback', batch('{}', 7)),
  ];
  const all = [...points, ...sent.points, ...rest.flatMap(({ points }) => points)];
  expect(cloudWatch.names.filter((name) => raised(name, all, past(10)))).toEqual([]);
  expect(sent.runs[0]?.lines.join()).toContain('"sent":1');
});

describe('what should have come', () => {
  test.each([
    ['NoEdition', 'publish', [0, 15, 30, 45, 59].map(tick)],
    ['NoNews', 'collect', [0, 15, 30, 45, 59].map(tick)],
  ] as const)('%s: every run of an hour failed', async (name, handler, steps) => {
    const broken = await (await stage({ TABLE: 'not-there' })).run(handler, ...steps);
    expect(broken.runs.every(({ error }) => error)).toBe(true);
    expect(raised(name, broken.points, past(60))).toBe(true);
    const well = await (await stage()).run(handler, tick(59));
    expect(raised(name, [...broken.points, ...well.points], past(60))).toBe(false);
  });

  test('NotTidied: two days without', async () => {
    const { points } = await (await stage()).run('tidy', { at: DUE });
    expect(raised('NotTidied', points, past(47 * 60))).toBe(false);
    expect(raised('NotTidied', points, past(49 * 60))).toBe(true);
  });

  test.each([
    [0, false],
    [1, true],
  ])(
    'FeedsFail: half of the feeds and %i more failed for an hour, though they are asked ever more seldom',
    async (more, expected) => {
      const { run } = await stage(
        {},
        { ...functions.built.bundles, collect: functions.withDeadFeeds(Math.floor(functions.feeds / 2) + more) },
      );
      const { runs, points } = await run('collect', ...[1, 16, 31, 46, 59].map((minutes) => ({ at: past(minutes) })));
      expect(runs.at(-1)?.lines.join()).toContain('"failed":0');
      expect(raised('FeedsFail', points, past(60))).toBe(expected);
    },
  );

  test('NeverLeft: an edition was composed, nothing more, until its time was over', async () => {
    const { stores, run } = await stage();
    await stores.subscribers.put(reader(1, 'nl'), 0);
    await stores.feeds.putItem(item(1, past(-60).toISOString()));
    const broken = { ...stores.deliveries, plan: () => Promise.reject(new Error('full')) };
    const deps = { ...stores, deliveries: broken, queue: { enqueue: async () => [] }, log: silent, clock: () => DUE };
    const publishing = publish(
      { ...deps, site, config, sources: [], selector: pickAll, versions: { config: 'c', code: '1' } },
      { at: DUE.toISOString(), withinHours: 4 },
    );
    await expect(publishing).rejects.toThrow('full');
    const late = 4 * 60 + 15;
    const { points } = await run('publish', tick(late));
    expect(raised('NeverLeft', points, past(late + 1))).toBe(true);
  });
});

describe('mail', () => {
  test('Uncertain, then Unsettled: SES breaks down in mid-send, and no event tells', async () => {
    const { run, job } = await published();
    functions.ses = refusal(500, 'InternalFailure', 'broken');
    const { points } = await run('deliver', batch(job, 1));
    expect(raised('Uncertain', points, past(2))).toBe(true);
    const later = await run('publish', tick(15), tick(30));
    expect(raised('Unsettled', later.points, past(31))).toBe(true);
  });

  test('SendingStopped: SES does not know the sender', async () => {
    const { run, job } = await published();
    functions.ses = refusal(400, 'MessageRejected', 'Email address is not verified: digest@dispatches.example');
    const { points } = await run('deliver', batch(job, 1));
    expect(raised('SendingStopped', points, past(2))).toBe(true);
  });

  test('SendingOff: the operator paused it', async () => {
    const { stores, run } = await stage();
    await pauseSending({ ...stores, clock: () => DUE }, { reason: 'a fault' });
    const { points } = await run('publish', tick(0));
    expect(raised('SendingOff', points, past(1))).toBe(true);
  });

  test.each([
    ['Bounces', 'Reputation.BounceRate', 0.021],
    ['Complaints', 'Reputation.ComplaintRate', 0.0006],
  ])('%s: the rate that SES publishes is above the limit', (name, metric, value) => {
    const point = { namespace: 'AWS/SES', metric, at: DUE };
    expect(raised(name, [{ ...point, value }], past(1))).toBe(true);
    expect(raised(name, [{ ...point, value: value * 0.8 }], past(1))).toBe(false);
  });
});

describe('failures that a function answers for by itself', () => {
  test.each([
    ['JobsFail', 'deliver'],
    ['MailEventsFail', 'feedback'],
  ] as const)('%s: three poisoned messages, none of which is an error to Lambda', async (name, handler) => {
    const { runs, points } = await (await stage()).run(
      handler,
      ...[1, 2, 3].map((minutes) => batch('no job at all', minutes)),
    );
    expect(runs.map(({ result, error }) => error ?? result)).toEqual(
      Array(3).fill({ batchItemFailures: [{ itemIdentifier: 'm' }] }),
    );
    expect(raised(name, points, past(4))).toBe(true);
    expect(raised(name, points.slice(0, -2), past(4))).toBe(false);
  });

  test('SiteFails: three pages that could not be made', async () => {
    const site = await stage({ TABLE: 'not-there' });
    const { runs, points } = await site.run('web', ...[1, 2, 3].map((minutes) => request('/editions', minutes)));
    expect(runs.map(({ result }) => (result as { statusCode: number }).statusCode)).toEqual([500, 500, 500]);
    expect(raised('SiteFails', points, past(4))).toBe(true);
  });

  test('SignUpsCapped: a thousand letters within an hour', async () => {
    const { stores, run } = await stage();
    const hour = [{ max: 1000, seconds: 3600 }];
    const letter = () => stores.limits.take('all-letters', hour, DUE.toISOString());
    for (let tens = 0; tens < 100; tens++) await Promise.all(Array.from({ length: 10 }, letter));
    const [form] = (await run('web', request('/', 0))).runs;
    const { body } = (form?.result ?? expect.unreachable('no page')) as { body: string };
    const token = /name="token" value="([^"]+)"/.exec(Buffer.from(body, 'base64').toString())?.[1] ?? '';
    const fields = { email: 'an@example.org', token, locale: 'nl', cadence: 'daily', hour: '7', zone: 'UTC' };
    const { points } = await run('web', request('/subscribe', 1, fields));
    expect(raised('SignUpsCapped', points, past(2))).toBe(true);
  });
});

describe('functions', () => {
  test.each([
    ['DeliverErrors', 'deliver', 'CONFIGURATION_SET'],
    ['FeedbackErrors', 'feedback', 'CONFIGURATION_SET'],
    ['WebErrors', 'web', 'TOKEN_KEYS_SECRET'],
  ] as const)('%s: it broke off three times, since its environment is not whole', async (alarm, name, cause) => {
    const { runs, points } = await (await stage({ [cause]: '' })).run(name, tick(1), tick(2), tick(3));
    expect(runs.every(({ error }) => error?.includes(`lacks ${cause}`))).toBe(true);
    expect(raised(alarm, points, past(4))).toBe(true);
    expect(raised(alarm, points.slice(0, -1), past(4))).toBe(false);
  });

  test('Throttled: Lambda counts one run of any function that it refused', () => {
    const point = { namespace: 'AWS/Lambda', metric: 'Throttles', at: DUE };
    expect(raised('Throttled', [{ ...point, value: 1 }], past(1))).toBe(true);
    expect(raised('Throttled', [{ ...point, value: 0 }], past(1))).toBe(false);
  });
});

describe('queues', () => {
  const pointOf = (id: string, metric: string, value: number, at: Date): Point => {
    const dimensions = [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [id, 'QueueName'] } }];
    return { namespace: 'AWS/SQS', metric, dimensions, value, at };
  };
  const arnOf = (value: unknown) => (value as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];

  test.each([
    ['Jobs', 60],
    ['Letters', 15],
    ['MailEvents', 60],
  ])('%sWait: SQS counts more than %i minutes', (name, minutes) => {
    const age = (seconds: number) => [pointOf(cloudWatch.queueId(name), 'ApproximateAgeOfOldestMessage', seconds, DUE)];
    expect(raised(`${name}Wait`, age(minutes * 60 + 1), past(1))).toBe(true);
    expect(raised(`${name}Wait`, age(minutes * 60), past(1))).toBe(false);
  });

  test.each([
    ['Jobs', 'deliver'],
    ['Letters', 'deliver'],
    ['MailEvents', 'feedback'],
  ] as const)('%sSetAside: a message went back as often as its queue allows', async (name, handler) => {
    const tries = Array.from({ length: MAX_RECEIVES }, (_, n) => batch('no job at all', 12 * n));
    const { runs } = await (await stage()).run(handler, ...tries);
    expect(runs.every(({ result }) => JSON.stringify(result).includes('"itemIdentifier":"m"'))).toBe(true);
    const { RedrivePolicy } = functions.built.resources[cloudWatch.queueId(name)]?.Properties ?? {};
    const { deadLetterTargetArn, maxReceiveCount } = RedrivePolicy as {
      deadLetterTargetArn: unknown;
      maxReceiveCount: number;
    };
    expect(maxReceiveCount).toBe(runs.length);
    const dead = pointOf(arnOf(deadLetterTargetArn), 'ApproximateNumberOfMessagesVisible', 1, past(60));
    expect(raised(`${name}SetAside`, [dead], past(61))).toBe(true);
  });

  test.each(['collect', 'publish', 'tidy'] as const)(
    'TicksSetAside: a tick of %s failed with its retries',
    async (name) => {
      const config = properties(functions.built, 'AWS::Lambda::EventInvokeConfig').find(
        ({ FunctionName }) => (FunctionName as { Ref: string }).Ref === cloudWatch.functionId(name),
      ) as { MaximumRetryAttempts: number; DestinationConfig: { OnFailure: { Destination: unknown } } };
      const tries = Array.from({ length: 1 + config.MaximumRetryAttempts }, (_, n) => tick(n));
      const { runs } = await (await stage({ TABLE: 'not-there' })).run(name, ...tries);
      expect(runs.every(({ error }) => error)).toBe(true);
      const dead = pointOf(
        arnOf(config.DestinationConfig.OnFailure.Destination),
        'ApproximateNumberOfMessagesVisible',
        1,
        past(4),
      );
      expect(raised('TicksSetAside', [dead], past(5))).toBe(true);
    },
  );
});

test('no alarm is left that was not raised above', () => {
  expect([...cloudWatch.seen].sort()).toEqual(cloudWatch.names.toSorted());
});
