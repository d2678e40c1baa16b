import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { SinkMessage } from './sink-thread.ts';

/** A span as it arrived, whatever the protocol. */
export interface ReceivedSpan {
  readonly service: string;
  /** Of the service; empty when it was not told. */
  readonly version: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: string;
  readonly error: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A line as it arrived. */
export interface ReceivedLine {
  readonly labels: Readonly<Record<string, string>>;
  readonly ts: string;
  readonly line: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A collector that keeps what it gets: OTLP/HTTP protobuf, Zipkin v2 and Loki push. */
export interface Sink {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  readonly lines: ReceivedLine[];
  /** Answers with this status from now on, and keeps nothing unless it is 200. */
  answer(status: number): void;
  /** Waits until `wanted` finds something. */
  wait<T>(wanted: () => T | undefined | false): Promise<T>;
  close(): Promise<void>;
}

const waitTimeoutMs = 20_000;

/**
 * The sink lives in a thread of its own: diagnostics channels are per thread, so the requests it
 * receives are not watched by the code under test.
 */
export async function startSink(): Promise<Sink> {
  const spans: ReceivedSpan[] = [];
  const lines: ReceivedLine[] = [];
  const thread = new Worker(new URL('sink-thread.ts', import.meta.url));
  const [{ port }] = (await once(thread, 'message')) as [SinkMessage];
  thread.on('message', (message: SinkMessage) => {
    spans.push(...(message.spans ?? []));
    lines.push(...(message.lines ?? []));
  });
  // A test that fails before it closes the sink must not keep the process.
  thread.unref();
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    lines,
    answer: (status) => thread.postMessage(status, []),
    wait: waitFor,
    close: async () => void (await thread.terminate()),
  };
}

/** Polls until `wanted` finds something; fails after a generous time. */
export async function waitFor<T>(wanted: () => T | undefined | false): Promise<T> {
  const deadline = Date.now() + waitTimeoutMs;
  for (;;) {
    const found = wanted();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${String(wanted)}`);
    await sleep(10);
  }
}
