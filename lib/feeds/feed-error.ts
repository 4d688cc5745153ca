import { DispatchesError } from '../errors.ts';

/** Why a document or an address gave no feed; short, stable, for logs and `--json`. */
export type FeedErrorCode =
  | 'empty'
  | 'not-a-feed'
  | 'json'
  | 'too-large'
  | 'encoding'
  | 'address'
  | 'blocked'
  | 'redirects'
  | 'timeout'
  | 'network'
  | 'status'
  | 'gone'
  | 'busy';

/** A feed that cannot be read. The message says what happened, the advice what the operator can do. */
export class FeedError extends DispatchesError {
  override name = 'FeedError' as const;
  readonly code: FeedErrorCode;
  /** How long the server asked to be left alone. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: FeedErrorCode,
    message: string,
    advice: string,
    options?: ErrorOptions,
    retryAfterSeconds?: number,
  ) {
    super(message, advice, options);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
