import { trace } from '@opentelemetry/api';
import winston from 'winston';

/** Where winston's transports find the rendered line. */
export const MESSAGE = Symbol.for('message');

/** Longer lines are cut, so that one of them cannot fill a queue or a request. */
export const lineCharsMax = 16_384;

/** A log event on its way to the transports; `trace_id` and `span_id` are set inside a span. */
export type LogEvent = winston.Logform.TransformableInfo;

/**
 * One step in place of a chain of formats: adds time, service and the running span, spells errors
 * out, and renders the line once for all transports.
 */
export function jsonLine(service: string): winston.Logform.Format {
  return winston.format((event) => {
    const { level, message, timestamp: _given, ...rest } = event;
    const span = trace.getActiveSpan()?.spanContext();
    if (span !== undefined) {
      event['trace_id'] = span.traceId;
      event['span_id'] = span.spanId;
    }
    const line = {
      timestamp: new Date().toISOString(),
      level,
      message,
      'service.name': service,
      ...(span !== undefined && { trace_id: span.traceId, span_id: span.spanId }),
      ...spelledOut(rest),
    };
    event[MESSAGE] = rendered(line);
    return event;
  })();
}

/** Errors have no enumerable fields; JSON would show `{}`. */
function spelledOut(fields: Record<string, unknown>): Record<string, unknown> {
  for (const [key, value] of Object.entries(fields)) {
    if (!(value instanceof Error)) continue;
    delete fields[key];
    fields['exception.type'] = value.name;
    fields['exception.message'] = value.message;
    fields['exception.stacktrace'] = value.stack;
  }
  return fields;
}

function rendered(line: Record<string, unknown>): string {
  let text: string;
  try {
    text = JSON.stringify(line);
  } catch (error) {
    // A circle or a bigint in the metadata must not lose the message.
    const { timestamp, level, message } = line;
    text = JSON.stringify({ timestamp, level, message: String(message), lost: String(error) });
  }
  if (text.length <= lineCharsMax) return text;
  const { timestamp, level, message, trace_id: traceId } = line;
  const start = String(message).slice(0, lineCharsMax / 2);
  const cut = { timestamp, level, message: start, trace_id: traceId, cut_chars: text.length };
  return JSON.stringify({ ...cut, 'service.name': line['service.name'] });
}
