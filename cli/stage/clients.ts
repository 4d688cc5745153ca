import type { StageSettings } from '../../lib/config/schema.ts';
import { DispatchesError, messageOf, UnavailableError } from '../../lib/errors.ts';

/** For every AWS client of the command line: a question gets a few tries and always ends. Milliseconds. */
export function clientConfig({ region }: Pick<StageSettings, 'region'>) {
  return {
    region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  };
}

/** @throws UnavailableError instead of what the SDK throws: no credentials, no rights, no network */
export async function askingAws<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof DispatchesError || !isAws(cause)) throw cause;
    throw new UnavailableError(
      `AWS could not be asked: ${reasonOf(cause)}.`,
      'Check your credentials (AWS_PROFILE, "aws sso login"), their rights and the region of the stage.',
      { cause },
    );
  }
}

/** Everything else is a mistake of ours and is shown as one. */
function isAws(cause: unknown): cause is Error {
  if (!(cause instanceof Error)) return false;
  return (
    '$metadata' in cause || 'syscall' in cause || /^(CredentialsProvider|Timeout|Aggregate)Error$/.test(cause.name)
  );
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ');
  return messageOf(cause).replace(/\.$/, '');
}
