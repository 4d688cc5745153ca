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

  constructor(code: FeedErrorCode, message: string, advice: string, options?: ErrorOptions) {
    super(message, advice, options);
    this.code = code;
  }
}
