import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Span } from '@opentelemetry/api';
import { dbClientOperationDuration } from '@sprout/signals/catalogue';
import type { BoundHistogram, Metrics } from '../metric/metrics.ts';
import type { Tracing } from '../trace/tracing.ts';
import { exemplarOf } from './exemplar.ts';
import type { LogFailure } from './failure-log.ts';

/** A database call as a channel reports it. */
export interface DbCall {
  readonly system: 'mysql' | 'redis';
  readonly operation: string;
  readonly spanName: string;
  readonly attributes: Attributes;
  /** Calls that wait on purpose (a blocking read) say nothing about the database's speed. */
  readonly timed: boolean;
}

/** Follows database calls from their start event to their end event. */
export interface DbCalls {
  start(message: object, call: DbCall): void;
  end(message: object, error: unknown): void;
}

/**
 * Channel messages are new objects for each call, so what runs is kept on them: WeakMaps made the
 * garbage collector work for every call.
 */
const runningKey = Symbol('sprout.running');

interface Message {
  [runningKey]?: Running | undefined;
}

interface Running {
  readonly call: DbCall;
  readonly span: Span | undefined;
  readonly startedMs: number;
}

/**
 * Spans are made below a parent only, so that polling does not fill the trace store with traces of
 * one span; every call is timed.
 */
export function createDbCalls(tracing: Tracing, metrics: Metrics, logFailure: LogFailure): DbCalls {
  const duration = metrics.bind(dbClientOperationDuration);
  return {
    start(message: Message, call) {
      const span = startSpan(tracing, call);
      message[runningKey] = { call, span, startedMs: performance.now() };
    },
    end(message: Message, error) {
      const state = message[runningKey];
      if (state === undefined) return;
      message[runningKey] = undefined;
      endSpan(state.span, error);
      if (error !== undefined) logFailure(state.call, errorType(error));
      if (state.call.timed) observe(duration, state, error);
    },
  };
}

function startSpan(tracing: Tracing, call: DbCall): Span | undefined {
  const parent = context.active();
  if (trace.getSpan(parent) === undefined) return undefined;
  const options = { kind: SpanKind.CLIENT, attributes: call.attributes };
  return tracing.tracer.startSpan(call.spanName, options, parent);
}

function endSpan(span: Span | undefined, error: unknown): void {
  if (span === undefined) return;
  if (error !== undefined) {
    span.setAttribute('error.type', errorType(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/** The driver's code; its message can hold values of the statement. */
function errorType(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function observe(
  duration: BoundHistogram<typeof dbClientOperationDuration.labels>,
  { call, span, startedMs }: Running,
  error: unknown,
): void {
  const labels = {
    db_system_name: call.system,
    db_operation_name: call.operation,
    outcome: error === undefined ? ('ok' as const) : ('error' as const),
  };
  duration.observe(labels, (performance.now() - startedMs) / 1000, exemplarOf(span));
}
