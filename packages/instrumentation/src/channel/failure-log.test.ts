import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logCacheFailures, logDatabaseFailures } from '@sprout/signals/catalogue';
import winston from 'winston';
import { jsonLine, MESSAGE } from '../log/json-line.ts';
import { failureLog } from './failure-log.ts';

test('failed calls are logged, ten a second, and the next line counts what was left out', () => {
  const lines: (Record<string, unknown> | undefined)[] = [];
  const logger: Pick<winston.Logger, 'warn'> = {
    warn: (_message: unknown, fields?: unknown) => {
      lines.push(fields as Record<string, unknown>);
      return winston.createLogger();
    },
  };
  let nowMs = 5000;
  const log = failureLog(logger, () => nowMs);
  for (let calls = 0; calls < 25; calls += 1) {
    log({ system: 'mysql', operation: 'SELECT' }, 'ECONNREFUSED');
  }
  assert.equal(lines.length, 10);
  nowMs += 1000;
  log({ system: 'redis', operation: 'GET' }, 'ETIMEDOUT');
  assert.deepEqual(lines[10], {
    'db.system.name': 'redis',
    'db.operation.name': 'GET',
    'error.type': 'ETIMEDOUT',
    left_out: 15,
  });
});

test('the lines are those that the log signals count', () => {
  const lineOf = (system: string) => {
    const fields = { 'db.system.name': system, 'error.type': 'ECONNREFUSED' };
    const event = { level: 'warn', message: 'database call failed', ...fields };
    const line = jsonLine('product').transform(event, {});
    return String(typeof line === 'object' ? line[MESSAGE] : line);
  };
  assert.match(lineOf('mysql'), new RegExp(logDatabaseFailures.pattern));
  assert.match(lineOf('redis'), new RegExp(logCacheFailures.pattern));
  assert.doesNotMatch(lineOf('redis'), new RegExp(logDatabaseFailures.pattern));
});
