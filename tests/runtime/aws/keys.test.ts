import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, expect, test } from 'vitest';
import { readKeys } from '../../../lib/runtime/aws/keys.ts';
import { once } from '../../../lib/runtime/aws/once.ts';
import { tickTime } from '../../../lib/runtime/aws/tick.ts';
import { type JsonService, jsonService } from './json-service.ts';

const KEY = 'k'.repeat(64);
let service: JsonService | undefined;
afterEach(() => service?.close());

async function client(secrets: Record<string, string>): Promise<SecretsManagerClient> {
  service = await jsonService(({ SecretId }: { SecretId: string }) => ({ body: { SecretString: secrets[SecretId] } }));
  return new SecretsManagerClient(service.config);
}

test('keys are read by name', async () => {
  const secrets = await client({ tokens: JSON.stringify({ current: KEY, previous: [] }), identity: `i${KEY}` });
  expect(await readKeys(secrets, { tokens: 'tokens', identity: 'identity' })).toEqual({
    current: KEY,
    previous: [],
    identity: `i${KEY}`,
  });
});

test('keys that a function may not see are not asked for; random ones, good for nothing, stand in their place', async () => {
  const secrets = await client({});
  const first = await readKeys(secrets, {});
  const second = await readKeys(secrets, {});
  expect(service?.asked).toEqual([]);
  expect(first.current).toMatch(/^[0-9a-f]{64}$/);
  expect(first.identity).not.toBe(second.identity);
});

test.each(['', 'text', '{}', '{"current":"short","previous":[]}'])(
  'a secret that holds no keys is named: %s',
  async (text) => {
    const secrets = await client({ tokens: text });
    await expect(readKeys(secrets, { tokens: 'tokens' })).rejects.toThrow('The secret tokens does not hold the keys');
  },
);

test('what failed to be made is made again at the next call, what succeeded is kept', async () => {
  let calls = 0;
  const get = once(async () => {
    calls += 1;
    if (calls === 1) throw new Error('not yet');
    return calls;
  });
  await expect(get()).rejects.toThrow('not yet');
  expect([await get(), await get()]).toEqual([2, 2]);
});

test('a tick is for the time that was due; one that does not say it is refused', () => {
  expect(tickTime({ at: '2026-11-23T06:00:00Z' })).toBe('2026-11-23T06:00:00.000Z');
  for (const event of [undefined, {}, { at: '<aws.scheduler.scheduled-time>' }, { at: 5 }])
    expect(() => tickTime(event)).toThrow('The invocation does not say which time it is for.');
});
