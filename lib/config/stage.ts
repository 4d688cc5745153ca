import { ConfigError } from '../errors.ts';
import type { Config, StageSettings } from './schema.ts';

/**
 * The settings of one stage.
 * @param file the configuration file, for the sentence
 * @throws ConfigError when the configuration has no such stage
 */
export function stageOf(config: Config, name: string, file: string): StageSettings {
  const settings = config.stages[name];
  if (settings) return settings;
  const known = Object.keys(config.stages).join(', ') || 'none';
  throw new ConfigError(
    `${file} has no stage "${name}"; it has ${known}.`,
    'Name one with --stage, or add it under "stages".',
  );
}
