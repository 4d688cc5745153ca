import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { openSqlite } from '../lib/storage/sqlite/index.ts';

/**
 * The database of a state folder that is there already.
 * @throws InputError when it is not
 */
export function openState(folder: string): ReturnType<typeof openSqlite> {
  const file = join(folder, 'dispatches.sqlite');
  if (existsSync(file)) return openSqlite(file);
  throw new InputError(
    `There is nothing in ${folder} yet.`,
    'Run "npm start" first, or name another with --state DIR.',
  );
}
