import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { openSqlite } from '../lib/storage/sqlite/index.ts';

/** Whether anything was ever stored in this folder. */
export function hasState(folder: string): boolean {
  return existsSync(databaseIn(folder));
}

/**
 * The database of a state folder that is there already.
 * @throws InputError when it is not
 */
export function openState(folder: string): ReturnType<typeof openSqlite> {
  if (hasState(folder)) return openSqlite(databaseIn(folder));
  throw new InputError(
    `There is nothing in ${folder} yet.`,
    'Run "npm start" first, or name another with --state DIR.',
  );
}

function databaseIn(folder: string): string {
  return join(folder, 'dispatches.sqlite');
}
