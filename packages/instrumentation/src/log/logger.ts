import { Writable } from 'node:stream';
import winston from 'winston';
import type { BatchQueue } from '../delivery/batch-queue.ts';
import { jsonLine, MESSAGE } from './json-line.ts';
import type { LogEvent } from './json-line.ts';
import type { LogLine } from './loki-sender.ts';

/**
 * The service's logger: one JSON line per event on stderr, and into `queue` when there is one.
 * Both hang on one transport, because each costs winston as much as the line itself.
 */
export function createServiceLogger(
  service: string,
  level: string,
  queue: BatchQueue<LogLine> | undefined,
): winston.Logger {
  const destination = new Writable({
    objectMode: true,
    write(event: LogEvent, _encoding, done) {
      process.stderr.write(`${String(event[MESSAGE])}\n`);
      queue?.push(lineOf(event));
      done();
    },
  });
  return winston.createLogger({
    level,
    format: jsonLine(service),
    transports: [new winston.transports.Stream({ stream: destination })],
  });
}

function lineOf(event: LogEvent): LogLine {
  const { level, trace_id: traceId, span_id: spanId } = event;
  const inSpan = typeof traceId === 'string' && typeof spanId === 'string';
  return {
    level,
    ts: Date.now(),
    line: String(event[MESSAGE]),
    rest: inSpan ? { trace_id: traceId, span_id: spanId } : {},
  };
}
