import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '../errors.ts';
import { parseConfig } from './parse.ts';
import type { Config } from './schema.ts';

/**
 * Imports and checks a configuration module (TypeScript or JavaScript, default export).
 * @param file path, relative to the working directory
 * @throws ConfigError when it is missing, does not load or is not valid
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
  return parseConfig(module.default, file);
}
