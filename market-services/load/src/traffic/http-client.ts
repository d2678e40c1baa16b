import { Agent, request } from 'node:http';
import type { LoadOutcome } from '../signals.ts';

export interface PlannedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly outcome: LoadOutcome;
  readonly status: number;
  readonly body: string;
}

/** Sends requests over kept-alive connections; never throws, every end is an outcome. */
export interface HttpClient {
  send(planned: PlannedRequest): Promise<Answer>;
  close(): void;
}

const connectionsMax = 4000;
const answerBytesMax = 1024 * 1024;

/**
 * `timeoutMs` is how long a visitor waits before giving up; `authorization` says who is asking,
 * where somebody has to be.
 */
export function createHttpClient(
  baseUrl: () => string,
  timeoutMs: number,
  authorization: () => string | undefined = () => undefined,
): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connectionsMax });
  return {
    send: (planned) =>
      sendOne(agent, new URL(planned.path, baseUrl()), planned, timeoutMs, authorization()),
    close: () => agent.destroy(),
  };
}

function sendOne(
  agent: Agent,
  url: URL,
  planned: PlannedRequest,
  timeoutMs: number,
  authorization: string | undefined,
): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const payload = planned.body === undefined ? undefined : JSON.stringify(planned.body);
  const headers = { ...headersOf(payload), ...(authorization && { authorization }) };
  const outgoing = request(url, { agent, method: planned.method, headers });
  const timer = setTimeout(() => {
    resolve({ outcome: 'timeout', status: 0, body: '' });
    outgoing.destroy();
  }, timeoutMs);
  outgoing.once('response', (response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= answerBytesMax) chunks.push(chunk);
    });
    response.once('end', () => {
      const status = response.statusCode ?? 0;
      resolve({ outcome: outcomeOf(status), status, body: Buffer.concat(chunks).toString() });
    });
    response.once('error', () => resolve({ outcome: 'connection', status: 0, body: '' }));
  });
  outgoing.once('error', () => resolve({ outcome: 'connection', status: 0, body: '' }));
  outgoing.end(payload);
  return promise.finally(() => clearTimeout(timer));
}

function headersOf(payload: string | undefined): Record<string, string> {
  return payload === undefined
    ? {}
    : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) };
}

function outcomeOf(status: number): LoadOutcome {
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'client_error' : 'ok';
}
