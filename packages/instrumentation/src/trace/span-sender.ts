import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { ZipkinExporter } from '@opentelemetry/exporter-zipkin';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { RejectedError } from '../delivery/batch-queue.ts';
import type { Endpoints } from '../endpoints.ts';

/** The protocols in which spans can be sent. */
export type TraceProtocol = 'otlp' | 'zipkin';

/** Shorter than the exporter's first back-off: trying again is the queue's business. */
const exporterTimeoutMs = 900;

/**
 * Makes a function that sends spans to wherever the receiver is now; it throws when the address
 * is unknown or the receiver fails, and RejectedError when the receiver refuses the spans.
 */
export function createSpanSender(
  protocol: TraceProtocol,
  endpoints: () => Endpoints,
): (spans: readonly ReadableSpan[]) => Promise<void> {
  let current: { readonly url: string; readonly exporter: SpanExporter } | undefined;
  return async (spans) => {
    const url = endpoints()[protocol];
    if (url === undefined) throw new Error(`the address for ${protocol} is not known yet`);
    if (current?.url !== url) {
      await current?.exporter.shutdown();
      current = { url, exporter: createExporter(protocol, url) };
    }
    await exportSpans(current.exporter, spans);
  };
}

function createExporter(protocol: TraceProtocol, url: string): SpanExporter {
  if (protocol === 'zipkin') return new ZipkinExporter({ url: `${url}/api/v2/spans` });
  return new OTLPTraceExporter({ url: `${url}/v1/traces`, timeoutMillis: exporterTimeoutMs });
}

function exportSpans(exporter: SpanExporter, spans: readonly ReadableSpan[]): Promise<void> {
  return new Promise((resolve, reject) => {
    exporter.export([...spans], ({ code, error }) => {
      if (code === ExportResultCode.SUCCESS) resolve();
      else reject(isRefusal(error) ? new RejectedError('spans refused', { cause: error }) : error);
    });
  });
}

/** 4xx other than "later" (408, 429): the same bytes would be refused again. */
function isRefusal(error: Error | undefined): boolean {
  const status = statusOf(error);
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function statusOf(error: Error | undefined): number {
  if (error === undefined) return 0;
  if ('code' in error && typeof error.code === 'number') return error.code;
  return Number(/status code from zipkin: (\d{3})/.exec(error.message)?.[1] ?? 0);
}
