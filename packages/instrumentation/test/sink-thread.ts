import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { bytesOf, integerOf, messages, readFields } from './protobuf.ts';
import type { Fields } from './protobuf.ts';
import type { ReceivedLine, ReceivedSpan } from './sink.ts';

/** What the thread tells: its port once, then what it received. */
export interface SinkMessage {
  readonly port?: number;
  readonly spans?: readonly ReceivedSpan[];
  readonly lines?: readonly ReceivedLine[];
}

let status = 200;
parentPort?.on('message', (next: number) => void (status = next));

const server = createServer((request, response) => {
  void receive(request, response).catch((error: Error) => response.destroy(error));
});
server.listen(0, '127.0.0.1', () => {
  tell({ port: (server.address() as AddressInfo).port });
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const decoded = decode(request.url, Buffer.concat(chunks));
  if (status === 200 && decoded !== undefined) tell(decoded);
  response.writeHead(decoded === undefined ? 404 : status).end();
}

function decode(path: string | undefined, body: Buffer): SinkMessage | undefined {
  if (path === '/v1/traces') return { spans: otlpSpans(body) };
  if (path === '/api/v2/spans') return { spans: zipkinSpans(body) };
  if (path === '/loki/api/v1/push') return { lines: lokiLines(body) };
  return undefined;
}

function tell(message: SinkMessage): void {
  parentPort?.postMessage(message, []);
}

const otlpKinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];

/** ExportTraceServiceRequest → resource spans → scope spans → spans. */
function otlpSpans(body: Buffer): ReceivedSpan[] {
  return messages(readFields(body), 1).flatMap((resourceSpans) => {
    const resource = attributesOf(readFields(bytesOf(resourceSpans, 1)), 1);
    return messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .map((span) => otlpSpan(resource, span));
  });
}

function otlpSpan(resource: Readonly<Record<string, string>>, span: Fields): ReceivedSpan {
  return {
    service: resource['service.name'] ?? '',
    version: resource['service.version'] ?? '',
    traceId: bytesOf(span, 1).toString('hex'),
    spanId: bytesOf(span, 2).toString('hex'),
    parentSpanId: bytesOf(span, 4).toString('hex'),
    name: bytesOf(span, 5).toString(),
    kind: otlpKinds[integerOf(span, 6)] ?? '',
    error: integerOf(readFields(bytesOf(span, 15)), 3) === 2,
    attributes: attributesOf(span, 9),
  };
}

function attributesOf(fields: Fields, number: number): Record<string, string> {
  const pairs = messages(fields, number).map((pair) => {
    const value = readFields(bytesOf(pair, 2));
    const text = value.has(1) ? bytesOf(value, 1).toString() : String(integerOf(value, 3));
    return [bytesOf(pair, 1).toString(), text] as const;
  });
  return Object.fromEntries(pairs);
}

interface ZipkinSpan {
  readonly traceId: string;
  readonly id: string;
  readonly parentId?: string;
  readonly name: string;
  readonly kind?: string;
  readonly localEndpoint: { readonly serviceName: string };
  readonly tags: Record<string, string>;
}

function zipkinSpans(body: Buffer): ReceivedSpan[] {
  return (JSON.parse(body.toString()) as ZipkinSpan[]).map((span) => ({
    service: span.localEndpoint.serviceName,
    version: span.tags['service.version'] ?? '',
    traceId: span.traceId,
    spanId: span.id,
    parentSpanId: span.parentId ?? '',
    name: span.name,
    kind: span.kind ?? 'INTERNAL',
    error: span.tags['otel.status_code'] === 'ERROR',
    attributes: span.tags,
  }));
}

interface LokiPush {
  readonly streams: {
    readonly stream: Record<string, string>;
    readonly values: [string, string, Record<string, string>][];
  }[];
}

function lokiLines(body: Buffer): ReceivedLine[] {
  const { streams } = JSON.parse(body.toString()) as LokiPush;
  return streams.flatMap(({ stream, values }) =>
    values.map(([ts, line, metadata]) => ({ labels: stream, ts, line, metadata })),
  );
}
