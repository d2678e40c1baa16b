import type { ScannedSpan } from '@sprout/wire';

/** Halves of calls that wait for their other half; the oldest leaves first. */
const pendingMax = 10_000;

const client = 3;
const server = 2;
const producer = 4;
const consumer = 5;

/** `Status.code` of a span that failed. */
const failed = 2;

/** A call from one service to another, or to a database. */
export interface ServiceCall {
  readonly client: string;
  readonly server: string;
  /** Either side says that it failed. */
  readonly failed: boolean;
  /** As the caller saw it. */
  readonly durationSeconds: number;
}

/**
 * Pairs client with server spans (and producer with consumer spans) of different services, in
 * whatever order they arrive, and tells `onCall` of each pair. A call to a database has no server
 * span: the database's name stands for it.
 */
export function createServiceGraph(
  onCall: (call: ServiceCall) => void,
): (span: ScannedSpan) => void {
  const callers = new Map<string, Half>();
  const callees = new Map<string, Half>();
  const calling = (span: ScannedSpan) => {
    const caller = halfOf(span);
    if (span.dbSystem !== '') return onCall({ ...whole(caller, caller), server: span.dbSystem });
    const key = `${span.traceId}${span.spanId}`;
    const callee = callees.get(key);
    if (callee === undefined) return remember(callers, key, caller);
    callees.delete(key);
    onCall(whole(caller, callee));
  };
  const called = (span: ScannedSpan) => {
    // Zipkin's client and server may share one span id.
    const keys = [`${span.traceId}${span.parentSpanId}`, `${span.traceId}${span.spanId}`];
    const key = keys.find((candidate) => callers.has(candidate)) ?? '';
    const caller = callers.get(key);
    if (caller === undefined) return remember(callees, keys[0] ?? '', halfOf(span));
    callers.delete(key);
    onCall(whole(caller, halfOf(span)));
  };
  return (span) => {
    if (span.kind === client || span.kind === producer) calling(span);
    else if ((span.kind === server || span.kind === consumer) && span.parentSpanId !== '') {
      called(span);
    }
  };
}

/** What is kept of a span until its other half comes. */
type Half = Pick<ScannedSpan, 'serviceName' | 'statusCode' | 'durationSeconds'>;

/** A copy: of the span its ids and bytes are not kept. */
const halfOf = ({ serviceName, statusCode, durationSeconds }: ScannedSpan): Half => ({
  serviceName,
  statusCode,
  durationSeconds,
});

const whole = (caller: Half, callee: Half): ServiceCall => ({
  client: caller.serviceName,
  server: callee.serviceName,
  failed: caller.statusCode === failed || callee.statusCode === failed,
  durationSeconds: caller.durationSeconds,
});

function remember(pending: Map<string, Half>, key: string, half: Half): void {
  pending.set(key, half);
  if (pending.size <= pendingMax) return;
  const oldest = pending.keys().next();
  if (!oldest.done) pending.delete(oldest.value);
}
