import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError, InputError } from '../errors.ts';

/**
 * Makes this process the only one that sends from a state folder, until `release` or its end, however that comes: the
 * lock is the operating system's and dies with the process.
 * @throws InputError when another process has it
 */
export function lockFolder(folder: string): { release(): void } {
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 });
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const held = lock;
    return { release: () => held.close() };
  } catch (cause) {
    lock?.close();
    if (cause instanceof Error && /locked/.test(cause.message))
      throw new InputError(
        `Another dispatches is at work in ${folder}.`,
        'Stop it first, or name another folder with --state DIR. Reading commands (status, edition …) may run beside it.',
        { cause },
      );
    throw new ConfigError(`The folder ${folder} cannot be made or written.`, 'Name another with --state DIR.', {
      cause,
    });
  }
}
