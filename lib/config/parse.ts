import * as v from 'valibot';
import { ConfigError } from '../errors.ts';
import { type Config, configSchema } from './schema.ts';

/**
 * Checks a configuration value as a whole.
 * @throws ConfigError naming every wrong setting by its path, with what it should be.
 */
export function parseConfig(input: unknown, where = 'dispatches.config.ts'): Config {
  const result = v.safeParse(configSchema, input);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => `  ${v.getDotPath(issue) ?? '(top)'}: ${faultOf(issue)}`);
  throw new ConfigError(
    `${where} is not usable:\n${faults.join('\n')}\n`,
    'Correct these settings and run the command again.',
  );
}

function faultOf({ expected, message }: v.BaseIssue<unknown>): string {
  return expected === 'never' ? 'there is no such setting' : message;
}
