import { describe, expect, test } from 'vitest';
import { FUNCTION_ENV, type FunctionName } from '../../lib/config/env.ts';
import { roleTable, writtenTable } from './role-table.ts';
import { ofType, synthesise } from './synth.ts';

const stack = synthesise();

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[] | string>>>>;
}

const policies = ofType(stack, 'AWS::IAM::Policy').map(([id, { Properties }]) => ({
  id,
  statements: (Properties.PolicyDocument as { Statement: readonly Statement[] }).Statement,
}));

const names = Object.keys(FUNCTION_ENV) as FunctionName[];

function statementsOf(name: FunctionName): readonly Statement[] {
  return policies.find(({ id }) => id.toLowerCase().startsWith(`${name}role`))?.statements ?? [];
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

/** Action -> forms of rows, for one role. */
function tableRights(name: FunctionName): Record<string, readonly string[]> {
  const rights: Record<string, string[]> = {};
  for (const { Action, Condition } of statementsOf(name))
    for (const action of list(Action).filter((one) => /^dynamodb:(?!DescribeTable)/.test(one))) {
      rights[action] ??= [];
      rights[action].push(...(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ['ANY ROW']));
    }
  return rights;
}

function otherActions(name: FunctionName): readonly string[] {
  const actions = statementsOf(name).flatMap(({ Action }) => list(Action));
  return [...new Set(actions.filter((action) => !action.startsWith('dynamodb:')))].sort();
}

describe('every role', () => {
  test('is named for what it may touch: no wildcard resource, no wildcard action, no managed policy', () => {
    expect(policies.length).toBe(names.length + 1);
    for (const { statements } of policies)
      for (const { Action, Resource } of statements) {
        expect(list(Action).filter((action) => action.includes('*'))).toEqual([]);
        // SES knows no resource for the question what an account may send.
        const named = list(Action).filter((action) => action !== 'ses:GetSendQuota');
        expect(named.filter(() => list(Resource).includes('*'))).toEqual([]);
      }
    for (const [id, { Properties }] of ofType(stack, 'AWS::IAM::Role'))
      expect([id, Properties.ManagedPolicyArns]).toEqual([id, undefined]);
  });
});

test('docs/security.md has every right of every role (npm run docs:roles writes it)', () => {
  expect(writtenTable()).toBe(roleTable(stack));
});

describe('role by action', () => {
  const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const SEND = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'];
  const RECEIVE = [
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ReceiveMessage',
  ];
  const SECRET = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];
  const matrix: Record<FunctionName, readonly string[]> = {
    collect: [...LOG, ...SEND],
    publish: [...LOG, ...SEND],
    deliver: [...LOG, ...SECRET, 'ses:GetSendQuota', 'ses:SendRawEmail', ...new Set([...RECEIVE, ...SEND])],
    feedback: [...LOG, ...RECEIVE],
    tidy: [...LOG, ...SEND],
    web: [...LOG, ...SECRET, ...SEND],
  };

  test.each(names)('%s may do this and no more', (name) => {
    expect(otherActions(name)).toEqual([...matrix[name]].sort());
  });

  test('only deliver may call SES: as our sender, with our identity and through our configuration set', () => {
    const sending = policies.flatMap(({ id, statements }) =>
      statements
        .filter(({ Action }) =>
          list(Action).some((action) => action.startsWith('ses:') && action !== 'ses:GetSendQuota'),
        )
        .map((one) => ({ id, ...one })),
    );
    expect(sending).toHaveLength(1);
    expect(sending[0]?.id).toMatch(/^DeliverRole/);
    expect(sending[0]?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'digest@dispatches.example' } });
    const resources = JSON.stringify(sending[0]?.Resource);
    expect(resources).toMatch(/:configuration-set\/",\{"Ref":"MailRules/);
    expect(resources).toMatch(/:identity\/",\{"Ref":"MailSender/);
  });

  test('only the door reads the key that turns addresses into row names', () => {
    const readers = policies.filter(({ statements }) => JSON.stringify(statements).includes('KeysIdentity'));
    expect(readers.map(({ id }) => id)).toEqual([expect.stringMatching(/^WebRole/)]);
  });
});

describe('rows of the table', () => {
  test('nobody scans or writes in batches, and nobody has a right to any row whatever', () => {
    for (const name of names) {
      const rights = tableRights(name);
      expect(Object.keys(rights).filter((action) => !/:(Get|Put|Update|Delete)Item$|:Query$/.test(action))).toEqual([]);
      expect(Object.values(rights).flat()).not.toContain('ANY ROW');
    }
  });

  test('only tidy deletes, and only readers; nobody else can list them', () => {
    const able = (action: string, rows: string) =>
      names.filter((name) => tableRights(name)[`dynamodb:${action}`]?.some((form) => form.startsWith(rows)));
    expect(able('DeleteItem', '')).toEqual(['tidy']);
    expect(able('Query', 'READERS')).toEqual(['tidy']);
    expect(tableRights('tidy')).toEqual({
      'dynamodb:GetItem': ['READERS#*'],
      'dynamodb:PutItem': ['READERS#*', 'APPOINTMENTS'],
      'dynamodb:DeleteItem': ['READERS#*'],
      'dynamodb:Query': ['READERS#*'],
    });
  });

  test('collect and publish see no subscriber', () => {
    for (const name of ['collect', 'publish'] as const)
      expect(
        Object.values(tableRights(name))
          .flat()
          .filter((rows) => rows.startsWith('READERS')),
      ).toEqual([]);
  });

  test('deliver changes no subscriber', () => {
    const { 'dynamodb:PutItem': put, 'dynamodb:UpdateItem': update } = tableRights('deliver');
    expect([...(put ?? []), ...(update ?? [])].filter((rows) => rows.startsWith('READERS'))).toEqual([]);
  });

  test('the public door writes no edition, no ledger and no item', () => {
    const { 'dynamodb:PutItem': put, 'dynamodb:UpdateItem': update } = tableRights('web');
    expect([...(put ?? []), ...(update ?? [])].sort()).toEqual(['APPOINTMENTS', 'LIMIT#*', 'READERS#*']);
  });
});
