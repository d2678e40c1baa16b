/** Thrown for every input that cannot be decoded; nothing else leaves a decoder. */
export class WireError extends Error {
  override readonly name = 'WireError';
  /** Stable, for example `WIRE_UNDECODABLE` or `WIRE_TOO_LARGE`. */
  readonly code: 'WIRE_UNDECODABLE' | 'WIRE_TOO_LARGE';

  constructor(
    message: string,
    options: { readonly code?: WireError['code']; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code ?? 'WIRE_UNDECODABLE';
  }
}
