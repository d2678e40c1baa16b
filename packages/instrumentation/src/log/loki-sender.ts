import { Agent } from 'node:http';
import LokiTransport from 'winston-loki';
import { RejectedError } from '../delivery/batch-queue.ts';
import type { Endpoints } from '../endpoints.ts';

/** A rendered line on its way to Loki. */
export interface LogLine {
  readonly level: string;
  /** Milliseconds, Unix time. */
  readonly ts: number;
  readonly line: string;
  /** Structured metadata: `trace_id`, `span_id`. */
  readonly rest: Readonly<Record<string, string>>;
}

/** The part of winston-loki that renders and posts; its own loop is not used. */
interface Batcher {
  batch: { streams: { labels: Record<string, string>; entries: LogLine[] }[] };
  sendBatchToLoki(): Promise<void>;
}

const requestTimeoutMs = 5000;

/**
 * Makes a function that pushes lines through winston-loki's batcher, one request per call.
 *
 * winston-loki's own loop waits 60 s after a failure, keeps lines without a bound and holds the
 * process open, so `batching` and `gracefulShutdown` are off and our queue does those jobs;
 * `clearOnError` keeps the batcher from holding lines that the queue holds already. JSON, because
 * the protobuf form drops the metadata.
 */
export function createLokiSender(
  service: string,
  endpoints: () => Endpoints,
): (lines: readonly LogLine[]) => Promise<void> {
  let current: { readonly host: string; readonly batcher: Batcher } | undefined;
  return async (lines) => {
    const host = endpoints().logs;
    if (host === undefined) throw new Error('the address for logs is not known yet');
    if (current?.host !== host) current = { host, batcher: createBatcher(host) };
    current.batcher.batch = { streams: streamsOf(service, lines) };
    await current.batcher.sendBatchToLoki().catch((error: unknown) => {
      throw isRefusal(error) ? new RejectedError('lines refused', { cause: error }) : error;
    });
  };
}

/** Two labels only: a label for each trace would make a stream for each request. */
function streamsOf(service: string, lines: readonly LogLine[]): Batcher['batch']['streams'] {
  const byLevel = Map.groupBy(lines, ({ level }) => level);
  return [...byLevel].map(([level, entries]) => ({ labels: { service, level }, entries }));
}

function createBatcher(host: string): Batcher {
  const transport = new LokiTransport({
    host,
    json: true,
    batching: false,
    clearOnError: true,
    gracefulShutdown: false,
    replaceTimestamp: false,
    timeout: requestTimeoutMs,
    httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }),
  });
  if ('batcher' in transport && isBatcher(transport.batcher)) return transport.batcher;
  throw new Error('this version of winston-loki has no batcher');
}

function isBatcher(value: unknown): value is Batcher {
  return typeof value === 'object' && value !== null && 'sendBatchToLoki' in value;
}

/** 4xx other than "later" (408, 429): the same lines would be refused again. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  const status = Number(error.statusCode);
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
