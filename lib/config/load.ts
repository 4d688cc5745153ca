import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError, messageOf } from '../errors.ts';
import { parseConfig } from './parse.ts';
import { profileFolder, readProfileFolder } from './profile-folder.ts';
import type { Config } from './schema.ts';

/**
 * Imports and checks a configuration module (TypeScript or JavaScript, default export), and reads the profile's files.
 * @param file path, relative to the working directory
 * @throws ConfigError when it or its profile is missing, does not load or is not valid
 */
export async function loadConfig(file = 'dispatches.config.ts'): Promise<Config> {
  const input = await importDefault(file);
  const { folder, named } = profileOf(input, file);
  const profile = folder === undefined ? undefined : await readProfileFolder(folder, named);
  return parseConfig(profile ? { ...Object(input), profile } : input, file);
}

/**
 * The folder of a configuration's profile, whether it is there or not.
 * @throws ConfigError when the configuration is missing, does not load or names something else
 */
export async function profileFolderOf(file: string): Promise<string> {
  const { folder } = profileOf(await importDefault(file), file);
  if (folder !== undefined) return folder;
  throw new ConfigError(`"profile" in ${file} is no folder.`, 'Name one, like "profile".');
}

function profileOf(input: unknown, file: string): { readonly folder?: string; readonly named: boolean } {
  const { profile }: { profile?: unknown } = Object(input);
  if (profile !== undefined && typeof profile !== 'string') return { named: true };
  return { folder: profileFolder(resolve(file), profile), named: profile !== undefined };
}

async function importDefault(file: string): Promise<unknown> {
  const path = resolve(file);
  await access(path).catch((cause: unknown) => {
    throw new ConfigError(
      `There is no configuration file ${path}.`,
      'Run the command where it is, or name it with --config FILE.',
      { cause },
    );
  });
  const module: { default?: unknown } = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    throw new ConfigError(
      `${path} cannot be loaded: ${messageOf(cause)}.`,
      'Correct the file and run the command again.',
      { cause },
    );
  });
  return module.default;
}
