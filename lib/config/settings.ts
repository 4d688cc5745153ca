import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parseConfig } from './parse.ts';
import type { Config } from './schema.ts';

/** What the deploy puts beside each function's code, so that a function needs nothing but its environment's names. */
export interface Settings {
  readonly config: Config;
  /** The feed list, as OPML text. */
  readonly opml: string;
  readonly versions: { readonly config: string; readonly code: string };
}

export const SETTINGS_FILE = 'settings.json';

const schema = v.object({
  config: v.unknown(),
  opml: v.string(),
  versions: v.object({ config: v.string(), code: v.string() }),
});

/** @throws ConfigError when the configuration in it is not valid */
export async function readSettings(file: URL): Promise<Settings> {
  const { config, ...rest } = v.parse(schema, JSON.parse(await readFile(file, 'utf8')));
  return { ...rest, config: parseConfig(config, SETTINGS_FILE) };
}
