/** Why a request that may be right was not taken. */
export type RefusalReason = 'journal_full' | 'busy' | 'disk';

/** A request that is answered with an error status; each protocol writes it in its own form. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  /** Seconds until the sender should try again; set on 429 and 503. */
  readonly retryAfterSeconds: number | undefined;
  readonly reason: RefusalReason | undefined;

  constructor(
    status: number,
    message: string,
    options: {
      readonly cause?: unknown;
      readonly retryAfterSeconds?: number;
      readonly reason?: RefusalReason;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.reason = options.reason;
  }
}
