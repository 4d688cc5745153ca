import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { ConfigError } from '../errors.ts';
import type { Keys } from '../subscriptions/identity.ts';

const key = v.pipe(v.string(), v.minLength(32));
const schema = v.pipe(v.string(), v.parseJson(), v.object({ current: key, previous: v.array(key), identity: key }));

/**
 * The keys of this machine, made at the first call and kept: links in mails and the ids of readers hang on them.
 * @throws ConfigError when the file holds something else
 */
export async function localKeys(file: string): Promise<Keys> {
  const fresh: Keys = { current: random(), previous: [], identity: random() };
  // Only the first of two processes gets to write it.
  await writeFile(file, `${JSON.stringify(fresh, null, 2)}\n`, { flag: 'wx', mode: 0o600 }).catch(unlessThere);
  const { success, output } = v.safeParse(schema, await readFile(file, 'utf8'));
  if (success) return output;
  throw new ConfigError(
    `${file} does not hold the keys it should.`,
    'Restore it, or remove it: then links in earlier mails stop working and readers must sign up again.',
  );
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
