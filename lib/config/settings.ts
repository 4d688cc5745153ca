import { readFile } from 'node:fs/promises';
import type { Config } from './schema.ts';

/**
 * What the deploy puts beside each function's code, so that a function needs nothing but its environment's names.
 * `Source` is what feeds are to who writes and who reads it.
 */
export interface Settings<Source> {
  readonly config: Config;
  readonly sources: readonly Source[];
  readonly versions: { readonly config: string; readonly code: string };
}

export const SETTINGS_FILE = 'settings.json';

/** Reads it as it is: the build that wrote it has checked it, and a start need not do that again. */
export async function readSettings<Source>(file: URL): Promise<Settings<Source>> {
  return JSON.parse(await readFile(file, 'utf8')) as Settings<Source>;
}
