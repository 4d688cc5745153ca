import { randomBytes } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as v from 'valibot';
import { ConfigError } from '../../errors.ts';
import type { Keys } from '../../subscriptions/identity.ts';

const key = v.pipe(v.string(), v.minLength(32));
const tokenKeys = v.pipe(v.string(), v.parseJson(), v.object({ current: key, previous: v.array(key) }));

export interface KeyNames {
  /** Secret `{"current": key, "previous": [keys]}`. Absent: this function makes and checks no links. */
  readonly tokens?: string | undefined;
  /** Secret holding the key alone. Absent: this function looks nobody up by address. */
  readonly identity?: string | undefined;
}

/**
 * The keys that a function may see. In place of those it may not stand random ones, good for nothing.
 * @throws ConfigError when a secret does not hold what it should
 */
export async function readKeys(client: SecretsManagerClient, names: KeyNames): Promise<Keys> {
  const [tokens, identity] = await Promise.all([
    read(client, names.tokens, tokenKeys, { current: noKey(), previous: [] }),
    read(client, names.identity, key, noKey()),
  ]);
  return { ...tokens, identity };
}

const noKey = () => randomBytes(32).toString('hex');

async function read<T>(
  client: SecretsManagerClient,
  name: string | undefined,
  schema: v.GenericSchema<unknown, T>,
  absent: T,
): Promise<T> {
  if (!name) return absent;
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
  const { success, output } = v.safeParse(schema, SecretString);
  if (success) return output as T;
  throw new ConfigError(`The secret ${name} does not hold the keys it should.`, 'Restore its previous version.');
}
