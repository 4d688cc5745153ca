import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigError, messageOf } from '../errors.ts';

/** Where a profile lies when the configuration names no folder. */
const USUAL = 'profile';

/** Parsed JSON by path within the folder, with `/` as separator. */
export type ProfileFolder = Readonly<Record<string, unknown>>;

/** The folder that a configuration file means: the one it names, else `profile` beside it. */
export function profileFolder(configFile: string, named: string | undefined): string {
  return resolve(dirname(configFile), named ?? USUAL);
}

/**
 * The JSON files of a profile's folder; undefined when there is no folder and none was asked for by name.
 * @throws ConfigError when a named folder is missing or a file holds no JSON
 */
export async function readProfileFolder(folder: string, isNamed: boolean): Promise<ProfileFolder | undefined> {
  const names = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    if (!isNamed) return undefined;
    throw new ConfigError(
      `There is no profile folder ${folder}.`,
      'Correct "profile" in the configuration, or make it with: dispatches profile add ARTICLE',
      { cause },
    );
  });
  if (!names) return undefined;
  const paths = names.map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(await Promise.all(paths.sort().map(async (path) => [path, await readJson(folder, path)])));
}

async function readJson(folder: string, path: string): Promise<unknown> {
  const text = await readFile(join(folder, path), 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(
      `${join(folder, path)} is no JSON: ${messageOf(cause)}.`,
      'Correct it and run the command again.',
      { cause },
    );
  }
}
