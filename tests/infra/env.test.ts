import { expect, test } from 'vitest';
import { FUNCTION_ENV, type FunctionName, readEnv } from '../../lib/config/env.ts';
import { ofType, synthesise } from './synth.ts';

const functions = ofType(synthesise(), 'AWS::Lambda::Function');
const names = Object.keys(FUNCTION_ENV) as FunctionName[];

function variablesOf(name: FunctionName): Record<string, unknown> {
  const [, resource] = functions.find(([id]) => id.toLowerCase().startsWith(name)) ?? [];
  return { ...(resource?.Properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables };
}

test.each(names)('%s gets exactly the environment that it reads', (name) => {
  const { NODE_OPTIONS, ...written } = variablesOf(name);
  expect(NODE_OPTIONS).toBe('--enable-source-maps');
  const source = Object.fromEntries(Object.keys(written).map((key) => [key, 'x']));
  expect(readEnv(name, source)).toEqual(source);
});

test('no environment holds a secret: they are named by reference only', () => {
  for (const name of names)
    for (const [key, value] of Object.entries(variablesOf(name)).filter(([key]) => key.endsWith('_SECRET')))
      expect([key, value]).toEqual([key, { Ref: expect.stringMatching(/^Keys/) }]);
});

test('says which variables are missing and what to do', () => {
  expect(() => readEnv('web', { TABLE: 't', SITE_URL: 'https://news.example' })).toThrow(
    'The function "web" lacks LETTERS_QUEUE_URL, TOKEN_KEYS_SECRET, IDENTITY_KEY_SECRET in its environment.',
  );
});
