import { ConfigError } from '../errors.ts';

/**
 * What each function reads from its environment. The CDK app writes exactly these (the types below hold it to that) and
 * `readEnv` reads them. Names of things only: secrets are fetched by name at start, settings travel in `settings.json`.
 */
export const FUNCTION_ENV = {
  collect: ['TABLE', 'SITE_URL'],
  publish: ['TABLE', 'SITE_URL', 'JOBS_QUEUE_URL'],
  deliver: ['TABLE', 'SITE_URL', 'TOKEN_KEYS_SECRET', 'CONFIGURATION_SET'],
  feedback: ['TABLE', 'SITE_URL'],
  web: ['TABLE', 'SITE_URL', 'JOBS_QUEUE_URL', 'TOKEN_KEYS_SECRET', 'IDENTITY_KEY_SECRET'],
} as const;

export type FunctionName = keyof typeof FUNCTION_ENV;
export type EnvName = (typeof FUNCTION_ENV)[FunctionName][number];
export type FunctionEnv<N extends FunctionName> = Readonly<Record<(typeof FUNCTION_ENV)[N][number], string>>;

/**
 * The variables of one function.
 * @throws ConfigError naming every one that is missing
 */
export function readEnv<N extends FunctionName>(name: N, source: NodeJS.ProcessEnv = process.env): FunctionEnv<N> {
  const names: readonly EnvName[] = FUNCTION_ENV[name];
  const missing = names.filter((key) => !source[key]);
  if (missing.length > 0)
    throw new ConfigError(
      `The function "${name}" lacks ${missing.join(', ')} in its environment.`,
      'Deploy the stack again; the CDK app sets these.',
    );
  return Object.fromEntries(names.map((key) => [key, source[key]])) as FunctionEnv<N>;
}
