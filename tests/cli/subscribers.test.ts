import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STACK_OUTPUTS } from '../../lib/config/outputs.ts';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { type AwsStub, stackAnswer, startAws } from '../support/aws-stub.ts';
import { type Dynalite, startDynalite } from '../support/dynalite.ts';
import { OWN_CONFIG } from '../support/own-config.ts';
import { dispatches } from './cli.ts';

const IDENTITY = 'identity-key-of-the-stage-in-these-tests';
const TOKENS = JSON.stringify({ current: 'signing-key-of-the-stage-in-these-tests', previous: [] });
const ADA = 'ada@example.org';

let folder: string;
let database: Dynalite;
let table: string;
let aws: AwsStub;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-readers-'));
  const stages = "  stages: { test: { region: 'eu-central-1' } },\n};\n";
  await writeFile(join(folder, 'own.config.ts'), OWN_CONFIG.replace('};\n', stages));
  database = await startDynalite();
  table = await database.createTable();
  const outputs = Object.fromEntries(STACK_OUTPUTS.map((name) => [name, name === 'TableName' ? table : `the${name}`]));
  aws = await startAws({
    DescribeStacks: () => stackAnswer(outputs),
    GetSecretValue: ({ SecretId }: { SecretId: string }) => ({
      body: { Name: SecretId, SecretString: SecretId === 'theIdentityKeySecret' ? IDENTITY : TOKENS },
    }),
  });
});
afterAll(async () => {
  await Promise.all([aws.close(), database.close()]);
  await rm(folder, { recursive: true });
});

const onStage = (...args: string[]) =>
  dispatches(['subscribers', ...args, '--stage', 'test', '--config', join(folder, 'own.config.ts')], {
    env: { ...aws.env, AWS_ENDPOINT_URL_DYNAMODB: database.endpoint },
  });

test('readers of a deployed stage are brought in, shown, suppressed and erased by hand, under the stage’s own key', async () => {
  const list = join(folder, 'list.csv');
  await writeFile(list, `email,confirmed_at\n${ADA},2026-05-01\nbroken,2026-05-01\n`);
  const imported = await onStage('import', list);
  expect(imported.out).toBe('1 reader added, 0 already in, 1 rejected.\n');
  expect(imported.err).toContain('line 3: This is not a usable e-mail address.');

  const { subscribers } = dynamoStores(database.client, table);
  const id = subscriberId(ADA, IDENTITY);
  expect(await subscribers.get(id)).toMatchObject({ email: ADA, status: 'active' });
  expect(JSON.parse((await onStage('show', ADA)).out)).toMatchObject({ id, status: 'active' });
  expect((await onStage('export')).out).toContain(`\r\n${ADA},active,`);
  await onStage('suppress', ADA);
  expect((await subscribers.get(id))?.status).toBe('suppressed');
  await onStage('erase', ADA, '--yes');
  expect(await subscribers.get(id)).toMatchObject({ email: '', status: 'suppressed' });
});

test('a stage that is not configured is told as such', async () => {
  const { err, code } = await dispatches([
    'subscribers',
    'list',
    '--stage',
    'none',
    '--config',
    join(folder, 'own.config.ts'),
  ]);
  expect(err).toContain('"none"');
  expect(code).not.toBe(0);
});
