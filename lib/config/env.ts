import { ConfigError } from '../errors.ts';

/**
 * What the functions read from their environment: all of them `COMMON`, each its own besides. The CDK app writes
 * exactly these (the types below hold it to that) and `readEnv` reads them. Names of things only: secrets are fetched
 * by name at start, settings travel in a file beside the bundle.
 */
const COMMON = ['TABLE', 'SITE_URL'] as const;

export const FUNCTION_ENV = {
  collect: [],
  publish: ['JOBS_QUEUE_URL'],
  deliver: ['JOBS_QUEUE_URL', 'LETTERS_QUEUE_URL', 'CONFIGURATION_SET', 'TOKEN_KEYS_SECRET'],
  feedback: ['CONFIGURATION_SET'],
  tidy: [],
  web: ['LETTERS_QUEUE_URL', 'TOKEN_KEYS_SECRET', 'IDENTITY_KEY_SECRET'],
} as const;

export type FunctionName = keyof typeof FUNCTION_ENV;
type CommonName = (typeof COMMON)[number];
type OwnName<N extends FunctionName> = (typeof FUNCTION_ENV)[N][number];
export type EnvName = CommonName | OwnName<FunctionName>;
export type FunctionEnv<N extends FunctionName> = Readonly<Record<CommonName, string> & Record<OwnName<N>, string>>;

/**
 * The variables of one function.
 * @throws ConfigError naming every one that is missing
 */
export function readEnv<N extends FunctionName>(name: N, source: NodeJS.ProcessEnv = process.env): FunctionEnv<N> {
  const names: readonly EnvName[] = [...COMMON, ...FUNCTION_ENV[name]];
  const missing = names.filter((key) => !source[key]);
  if (missing.length > 0)
    throw new ConfigError(
      `The function "${name}" lacks ${missing.join(', ')} in its environment.`,
      'Deploy the stack again; the CDK app sets these.',
    );
  return Object.fromEntries(names.map((key) => [key, source[key]])) as FunctionEnv<N>;
}
