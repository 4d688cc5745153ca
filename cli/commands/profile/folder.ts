import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../../../lib/errors.ts';
import type { Exemplar } from '../../../lib/selection/exemplars/model.ts';

/** A name that is a file's too, wherever the folder is copied to. */
const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;

/**
 * Writes an exemplar as a file that a person can read, edit and keep in git.
 * @throws InputError when the name is taken or no name
 */
export async function writeExemplar(folder: string, { name, ...exemplar }: Exemplar): Promise<string> {
  const file = exemplarFile(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(exemplar, null, 2)}\n`, { flag: 'wx' }).catch((cause: unknown) => {
    const advice = `Choose another with --name, or remove it first: dispatches profile remove ${name}`;
    throw new InputError(`There is an exemplar "${name}" already.`, advice, { cause });
  });
  return file;
}

/** @throws InputError when there is none of this name */
export async function removeExemplar(folder: string, name: string): Promise<void> {
  await rm(exemplarFile(folder, name)).catch((cause: unknown) => unknown(name, cause));
}

/** @throws InputError when there is none of this name */
export async function readExemplar(folder: string, name: string): Promise<string> {
  return readFile(exemplarFile(folder, name), 'utf8').catch((cause: unknown) => unknown(name, cause));
}

function unknown(name: string, cause: unknown): never {
  throw new InputError(`There is no exemplar "${name}".`, 'See their names with: dispatches profile list', { cause });
}

function exemplarFile(folder: string, name: string): string {
  if (NAME.test(name)) return join(folder, 'exemplars', `${name}.json`);
  throw new InputError(`"${name}" is no name for an exemplar.`, 'Use small letters, digits and "-".');
}
