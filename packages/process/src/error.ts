/** An error that reaches a person: what happened, with the offending value, and what to do. */
export class SproutError extends Error {
  override readonly name = 'SproutError';
  /** Stable, documented in docs/errors.md, for example `PORT_TAKEN`. */
  readonly code: string;
  /** What to do next, a command if there is one. */
  readonly hint: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
