import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { openSqlite } from '../lib/storage/sqlite/index.ts';
import { SAMPLE_STATE, STATE } from './defaults.ts';

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
    `Begin with "dispatches run" or "dispatches serve", or name another with --state DIR (${SAMPLE_STATE} is the sample's).`,
  );
}

/** The folder for commands that only look: as long as there is nothing of one's own, the sample's. */
export function stateToLookAt(folder: string): string {
  if (folder !== STATE || hasState(STATE) || !hasState(SAMPLE_STATE)) return folder;
  process.stderr.write(`This is the sample (${SAMPLE_STATE}): there is nothing of your own in ${STATE} yet.\n`);
  return SAMPLE_STATE;
}

function databaseIn(folder: string): string {
  return join(folder, 'dispatches.sqlite');
}
