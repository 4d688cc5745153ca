import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '../errors.ts';
import { parseConfig } from './parse.ts';
import { profileFolder, readProfileFolder } from './profile-folder.ts';
import type { Config } from './schema.ts';

/**
 * Imports and checks a configuration module (TypeScript or JavaScript, default export), and reads the profile's files.
 * @param file path, relative to the working directory
 * @throws ConfigError when it is it or its profile is missing, does not load or is not valid
 */
export async function loadConfig(file = 'dispatches.config.ts'): Promise<Config> {
  const path = resolve(file);
  await access(path).catch((cause: unknown) => {
    throw new ConfigError(
      `There is no configuration file ${path}.`,
      'Run the command where it is, or name it with --config FILE.',
      { cause },
    );
  });
  const module: { default?: unknown } = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${path} cannot be loaded: ${why}.`, 'Correct the file and run the command again.', {
      cause,
    });
  });
  return parseConfig(await withProfile(module.default, path), file);
}

async function withProfile(input: unknown, path: string): Promise<unknown> {
  if (typeof input !== 'object' || input === null) return input;
  const named = 'profile' in input ? input.profile : undefined;
  if (named !== undefined && typeof named !== 'string') return input;
  const profile = await readProfileFolder(profileFolder(path, named), named !== undefined);
  return { ...input, ...(profile && { profile }) };
}
