const duplicateKey = 'ER_DUP_ENTRY';

/** Codes of connections that could not be made, or ended. */
const connectionLost = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'PROTOCOL_CONNECTION_LOST'];

/** Codes of failures that pass: the same statement may succeed in a moment. */
const passing = new Set([
  ...connectionLost,
  'ETIMEDOUT',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_CONNECTION_KILLED',
  'ER_NO_SUCH_TABLE',
  'ER_BAD_DB_ERROR',
  'ER_ACCESS_DENIED_ERROR',
  'POOL_EXHAUSTED',
]);

/** Whether a statement failed because a unique key already holds its value. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === duplicateKey;
}

/** Whether a column or key is there already, so that nothing of the statement was done. */
export function isRepeatedDefinition(error: unknown): boolean {
  return ['ER_DUP_FIELDNAME', 'ER_DUP_KEYNAME'].includes(codeOf(error) ?? '');
}

/** Whether there is no connection, or no more; what was under way on it may have happened. */
export function isConnectionLost(error: unknown): boolean {
  return connectionLost.includes(codeOf(error) ?? '');
}

/**
 * Whether the database is away, overloaded or still being set up, rather than asked for
 * something wrong. What failed so may be tried again, and is answered with 503.
 */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  return (code !== undefined && passing.has(code)) || isFatal(error);
}

/** Errors that quote names of ours, and no value. */
const ofNames = new Set([
  'ER_NO_SUCH_TABLE',
  'ER_BAD_FIELD_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_ACCESS_DENIED_ERROR',
]);

/**
 * The error of a statement without the values that it quotes: an email that is taken must not end
 * in a log or a trace, whoever writes the error there. Its stack is that of who asked.
 */
export function ofStatement(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('sqlMessage' in error) {
    const { message } = error;
    const code = codeOf(error) ?? 'an error';
    // From the first quotation mark to the last, as a value can hold one.
    const masked = ofNames.has(code) ? message : message.replace(/'.*'/s, "'…'");
    error.message = `${code}: ${masked}`;
    Object.assign(error, { sql: undefined, sqlMessage: masked });
  }
  Error.captureStackTrace(error, ofStatement);
  return error;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Mysql2 marks errors after which the connection is unusable. */
function isFatal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'fatal' in error && error.fatal === true;
}
