/**
 * Errors that a person can do something about. Each has two faces: `message` (and `cause`) for the log, `advice` for
 * the person: what is wrong, where, and what to do. Anything that is not a DispatchesError is a bug or the platform's
 * fault and is shown as such.
 */
export class DispatchesError extends Error {
  override name: string = 'DispatchesError';
  readonly advice: string;

  constructor(message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.advice = advice;
  }
}

/** The configuration, the feed list or an environment variable is missing or wrong. */
export class ConfigError extends DispatchesError {
  override name = 'ConfigError' as const;
}

/** What a person typed or sent is not usable: an argument, a form field, a file. */
export class InputError extends DispatchesError {
  override name = 'InputError' as const;
}

/** The outside world refused: no feed could be read, SES is not set up, the network is down. */
export class UnavailableError extends DispatchesError {
  override name = 'UnavailableError' as const;
}

/** What any thrown value says. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The sentence to show a person for any thrown value. */
export function adviceFor(error: unknown): string {
  if (error instanceof DispatchesError) return `${error.message} ${error.advice}`.trim();
  return `Unexpected error: ${messageOf(error)}. This is a bug: please report it with the command that caused it.`;
}
