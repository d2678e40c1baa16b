import type { Logger } from 'winston';

/** Tells the log that a call to a database failed. */
export type LogFailure = (
  call: { readonly system: string; readonly operation: string },
  errorType: string,
) => void;

/** A dead database fails every call; its lines must not push others out of the queue. */
const linesPerSecondMax = 10;

/** Writes failed calls, at most ten a second; the next line says how many were left out. */
export function failureLog(
  logger: Pick<Logger, 'warn'>,
  nowMs: () => number = Date.now,
): LogFailure {
  let second = 0;
  let lines = 0;
  let leftOut = 0;
  return ({ system, operation }, errorType) => {
    const current = Math.floor(nowMs() / 1000);
    if (current !== second) [second, lines] = [current, 0];
    if (lines >= linesPerSecondMax) return void (leftOut += 1);
    lines += 1;
    logger.warn('database call failed', {
      'db.system.name': system,
      'db.operation.name': operation,
      'error.type': errorType,
      ...(leftOut > 0 && { left_out: leftOut }),
    });
    leftOut = 0;
  };
}
