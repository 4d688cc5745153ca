import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STACK_OUTPUTS } from '../../lib/config/outputs.ts';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { edition, message } from '../contract/samples.ts';
import { synthesise } from '../infra/synth.ts';
import { type AwsAnswer, type AwsStub, NO_STACK, stackAnswer, startAws } from '../support/aws-stub.ts';
import { type Dynalite, startDynalite } from '../support/dynalite.ts';
import { reader } from '../support/newsroom.ts';
import { OWN_CONFIG } from '../support/own-config.ts';
import { dispatches } from './cli.ts';

const COLLECTED = { read: 14, unchanged: 0, notDue: 1, failed: [], failing: 0, newItems: 90, changedItems: 0 };
const PUBLISHED = {
  editions: [{ id: 'own-daily-en-20261123T0600Z', outcome: 'published', audience: 2, stories: 9, dueAt: '2026-11-23' }],
  items: 90,
  picked: 30,
  notPicked: 60,
};

let folder: string;
let database: Dynalite;
let table: string;
let aws: AwsStub;
let stack: AwsAnswer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-stage-'));
  await writeFile(
    join(folder, 'own.config.ts'),
    OWN_CONFIG.replace('};\n', "  stages: { test: { region: 'eu-central-1' } },\n};\n"),
  );
  database = await startDynalite();
  table = await database.createTable();
  const outputs = Object.fromEntries(STACK_OUTPUTS.map((name) => [name, name === 'TableName' ? table : `the${name}`]));
  stack = stackAnswer(outputs);
  const path = (name: string) => `POST /2015-03-31/functions/the${name}Function/invocations`;
  aws = await startAws({
    DescribeStacks: () => stack,
    [path('Collect')]: () => ({ body: COLLECTED }),
    [path('Publish')]: ({ at }: { at: string }) =>
      at === '2026-11-23T06:00:00.000Z'
        ? { body: PUBLISHED }
        : { body: { errorMessage: 'too large' }, headers: { 'x-amz-function-error': 'Unhandled' } },
  });
});
afterAll(async () => {
  await Promise.all([aws.close(), database.close()]);
  await rm(folder, { recursive: true });
});

const onStage = (...args: string[]) =>
  dispatches([...args, '--stage', 'test', '--config', join(folder, 'own.config.ts')], {
    env: { ...aws.env, AWS_ENDPOINT_URL_DYNAMODB: database.endpoint },
  });

describe('commands on a deployed stage', () => {
  test('the stack says everything that they look up', () => {
    const { Outputs } = Template.fromStack(synthesise().stack).toJSON();
    expect(Object.keys(Outputs).sort()).toEqual([...STACK_OUTPUTS].sort());
  });

  test('status and edition list read its table', async () => {
    const stores = dynamoStores(database.client, table);
    await stores.subscribers.put(reader(1, 'en'), 0);
    await stores.editions.create(edition({ id: 'war-daily-en-20261123T0600Z' }), message());
    const [status, list] = await Promise.all([onStage('status', '--json'), onStage('edition', 'list')]);
    expect(JSON.parse(status.out)).toMatchObject({
      readers: { active: 1 },
      editions: [{ id: 'war-daily-en-20261123T0600Z' }],
    });
    expect(list.out).toContain('war-daily-en-20261123T0600Z');
  });

  test('feeds list says how each feed is there', async () => {
    const url = 'https://news.example/feed';
    await writeFile(join(folder, 'list.opml'), `<opml version="2.0"><body><outline xmlUrl="${url}"/></body></opml>`);
    const nextFetch = '2026-12-23T06:00:00.000Z';
    const { feeds } = dynamoStores(database.client, table);
    await feeds.putState({ url, failures: 1, nextFetch, problem: 'Gone.', retired: 'Gone.' });
    expect((await onStage('feeds', 'list')).out).toMatch(
      /never read, 1 failure in a row, retired, once more 2026-12-23/,
    );
  });

  test('run says what was read and published', async () => {
    const { code, out } = await onStage('run', '--yes', '--now', '2026-11-23T06:00:00Z');
    expect(code).toBe(0);
    expect(out).toMatch(/Feeds +14 read, 1 not due; 90 new items/);
    expect(out).toMatch(/Editions own-daily-en-20261123T0600Z published, 2 readers/);
  });

  test('run asks first', async () => {
    const before = aws.asked.length;
    const { code, err } = await onStage('run');
    expect(code).toBe(1);
    expect(err).toMatch(
      /^Publish on stage "test" now\? \d+ readers? .*\nerror: Nothing was done\. Answer yes, or add --yes\.\n$/,
    );
    expect(aws.asked.slice(before).filter(({ action }) => action !== 'DescribeStacks')).toEqual([]);
  });

  test('a function that fails is told with what it said', async () => {
    const { code, err } = await onStage('run', '--yes', '--now', '2026-11-23T07:00:00Z');
    expect(code).toBe(1);
    expect(err).toContain('thePublishFunction failed: too large. See what it logged');
  });

  test.each([
    ['is not deployed', () => NO_STACK, /no stack Dispatches-test in eu-central-1.*npm run deploy -- --stage test/],
    [
      'was deployed by an earlier version',
      () => stackAnswer({ SiteUrl: 'x' }),
      /does not say its ApiUrl, Table.*again/,
    ],
  ])('a stage that %s is told so', async (_how, answer, message) => {
    const kept = stack;
    stack = answer();
    const { code, err } = await onStage('status');
    stack = kept;
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });

  test('missing credentials are told so', async () => {
    const env = { HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
    const args = ['status', '--stage', 'test', '--config', join(folder, 'own.config.ts')];
    const { code, err } = await dispatches(args, { env });
    expect(code).toBe(1);
    expect(err).toMatch(/AWS could not be asked: Could not load credentials.*aws sso login/);
  });
});
