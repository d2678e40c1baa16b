/** Why a journal refused something. */
export type JournalErrorCode =
  | 'JOURNAL_FULL'
  | 'JOURNAL_WRITE_FAILED'
  | 'JOURNAL_RECORD_TOO_LARGE'
  | 'JOURNAL_CLOSED'
  | 'JOURNAL_OUTCOME'
  | 'JOURNAL_CONSUMER_NAME';

/** An error of a journal; `code` says which. */
export class JournalError extends Error {
  override readonly name: string = 'JournalError';
  readonly code: JournalErrorCode;

  constructor(code: JournalErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** Nothing was kept because the journal is at its limit; a receiver answers 503. */
export class JournalFullError extends JournalError {
  override readonly name = 'JournalFullError';

  constructor(message: string) {
    super('JOURNAL_FULL', message);
  }
}
