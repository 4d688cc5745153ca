import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Profile } from '../lib/selection/profile.ts';
import { createSelector, type Selector } from '../lib/selection/selector.ts';

/** Which profile a command decides by. */
export interface ByProfile {
  readonly config: string;
  /** Folder of another profile than the configured one. */
  readonly profile?: string;
}

export const profileOption = (): Option =>
  new Option('--profile <folder>', 'decide by this profile, not the configured');

/**
 * The profile of a folder, else that of the configuration, else (without configuration file) the built-in one.
 * @throws ConfigError when it is missing or wrong
 */
export async function profileOf({ config, profile }: ByProfile): Promise<Profile> {
  const { profileFrom } = await import('../lib/selection/profile/from-files.ts');
  if (profile !== undefined) {
    const { readProfileFolder } = await import('../lib/config/profile-folder.ts');
    return profileFrom(await readProfileFolder(resolve(profile), true));
  }
  if (!existsSync(config)) return profileFrom();
  const { loadConfig } = await import('../lib/config/load.ts');
  return profileFrom((await loadConfig(config)).profile);
}

/** @throws ConfigError as `profileOf` */
export async function selectorOf(by: ByProfile): Promise<Selector> {
  return createSelector(await profileOf(by));
}
