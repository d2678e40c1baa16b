import type { ScannedSpan } from '@sprout/wire';

/** Halves of calls that wait for their other half; the oldest leaves first. */
const pendingMax = 10_000;

const client = 3;
const server = 2;
const producer = 4;
const consumer = 5;

/**
 * Pairs client with server spans (and producer with consumer spans) of different services, in
 * whatever order they arrive, and tells `onCall` of each pair. A call to a database has no server
 * span: the database's name stands for it.
 */
export function createServiceGraph(
  onCall: (client: string, server: string) => void,
): (span: ScannedSpan) => void {
  const callers = new Map<string, string>();
  const callees = new Map<string, string>();
  const calling = (span: ScannedSpan) => {
    if (span.dbSystem !== '') return onCall(span.serviceName, span.dbSystem);
    const key = `${span.traceId}${span.spanId}`;
    const callee = callees.get(key);
    if (callee === undefined) return remember(callers, key, span.serviceName);
    callees.delete(key);
    onCall(span.serviceName, callee);
  };
  const called = (span: ScannedSpan) => {
    // Zipkin's client and server may share one span id.
    const keys = [`${span.traceId}${span.parentSpanId}`, `${span.traceId}${span.spanId}`];
    const key = keys.find((candidate) => callers.has(candidate));
    if (key === undefined) return remember(callees, keys[0] ?? '', span.serviceName);
    const caller = callers.get(key) ?? '';
    callers.delete(key);
    onCall(caller, span.serviceName);
  };
  return (span) => {
    if (span.kind === client || span.kind === producer) calling(span);
    else if ((span.kind === server || span.kind === consumer) && span.parentSpanId !== '') {
      called(span);
    }
  };
}

function remember(pending: Map<string, string>, key: string, service: string): void {
  pending.set(key, service);
  if (pending.size <= pendingMax) return;
  const oldest = pending.keys().next();
  if (!oldest.done) pending.delete(oldest.value);
}
